package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.kube.SupervisedProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A Kubernetes API that runs, with the operator's CRDs and, where there are permissions, its permissions. */
interface KubernetesPart extends AutoCloseable {
    /**
     * @return what it is, for a line
     */
    String description();

    /**
     * @return whether it is a real API server, not a mock
     */
    boolean isReal();

    /**
     * @return a client that may do everything, closed with the part
     */
    KubernetesClient adminClient();

    /**
     * @return for a person
     */
    Kubeconfig admin();

    /**
     * @return for the operator
     */
    Kubeconfig operator();

    /**
     * @return a kubectl that works with it; empty if none does
     */
    Optional<Path> kubectl();

    /**
     * @return the processes that it cannot do without; none if it has no processes of its own
     */
    List<SupervisedProcess> processes();

    /** Ends it; its objects are gone. */
    @Override
    void close();
}
