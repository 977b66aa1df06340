package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.kube.SupervisedProcess;
import io.tonbo.artifacts.sandbox.mock.MockKubernetes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The mock server in place of Kubernetes. */
final class MockedKubernetes implements KubernetesPart {
    private final MockKubernetes mock;

    private MockedKubernetes(MockKubernetes mock) {
        this.mock = mock;
    }

    /**
     * @param project the project's root
     * @param parent directory that takes its files
     * @return the running part
     */
    static MockedKubernetes start(Path project, Path parent) {
        MockKubernetes mock = MockKubernetes.start(parent);
        try {
            mock.create(project.resolve("deploy/crds"));
            return new MockedKubernetes(mock);
        } catch (RuntimeException e) {
            mock.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "a mock server at " + mock.kubeconfig().server() + ", with deploy/crds; kubectl does not work with it";
    }

    @Override
    public boolean isReal() {
        return false;
    }

    @Override
    public KubernetesClient adminClient() {
        return mock.client();
    }

    @Override
    public Kubeconfig admin() {
        return mock.kubeconfig();
    }

    @Override
    public Kubeconfig operator() {
        return mock.kubeconfig();
    }

    @Override
    public Optional<Path> kubectl() {
        return Optional.empty();
    }

    @Override
    public List<SupervisedProcess> processes() {
        return List.of();
    }

    @Override
    public void close() {
        mock.close();
    }
}
