package io.tonbo.artifacts.operator.testing;

import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one Kubernetes API that all integration tests of a JVM share: started by the first, with kube-controller-manager, an
 * audit log, the operator's RBAC and {@code deploy/crds}. Each test works in a namespace of its own.
 */
public final class SharedKubeCluster {
    private static SharedKubeCluster shared;
    private static String failure;

    private final KubeCluster cluster;
    private final Kubeconfig operator;

    private SharedKubeCluster(KubeCluster cluster, Kubeconfig operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    /**
     * @return the cluster, running
     * @throws IllegalStateException if it cannot be started; every later call fails with the same reason at once
     */
    public static synchronized KubeCluster cluster() {
        return started().cluster;
    }

    /**
     * @return the kubeconfig of the operator's ServiceAccount, bound to the RBAC we ship
     */
    public static synchronized Kubeconfig operator() {
        return started().operator;
    }

    private static SharedKubeCluster started() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        if (shared == null) {
            try {
                shared = start();
            } catch (RuntimeException e) {
                failure = String.valueOf(e.getMessage());
                throw e;
            }
        }
        return shared;
    }

    private static SharedKubeCluster start() {
        KubeCluster cluster = KubeCluster.start(new KubeCluster.Options(false, true));
        Path crds = ProjectRoot.find().resolve("deploy/crds");
        if (Files.isDirectory(crds)) {
            cluster.applyCrds(crds);
        }
        Kubeconfig operator = cluster.installOperatorRbac();
        // After the CRDs, since its garbage collector looks for new kinds every 30 s only.
        cluster.startControllerManager();
        return new SharedKubeCluster(cluster, operator);
    }
}
