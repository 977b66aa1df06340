package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.sandbox.kube.KubeBinaries;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.kube.SupervisedProcess;
import io.tonbo.artifacts.sandbox.terminal.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Upstream's own API server, etcd and controllers, and the operator as a ServiceAccount that RBAC binds. */
final class RealKubernetes implements KubernetesPart {
    private final KubeCluster cluster;
    private final Kubeconfig operator;

    private RealKubernetes(KubeCluster cluster, Kubeconfig operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    /**
     * @param binaries the programs
     * @param project the project's root
     * @param parent directory below which its files are
     * @param step told what goes on
     * @return the running part
     * @throws IllegalStateException if the programs do not start; says why
     */
    static RealKubernetes start(KubeBinaries binaries, Path project, Path parent, Step step) throws IOException {
        step.phase("starting etcd and the API server");
        KubeCluster cluster = KubeCluster.start(
                KubeCluster.Options.BARE, binaries, Files.createDirectory(parent.resolve("kubernetes")));
        try {
            step.phase("installing deploy/crds and deploy/rbac");
            cluster.applyCrds(project.resolve("deploy/crds"));
            Kubeconfig operator = cluster.installOperatorRbac();
            step.phase("starting the controllers");
            cluster.startControllerManager();
            return new RealKubernetes(cluster, operator);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return KubeBinaries.KUBERNETES + " at " + cluster.server()
                + ": API server, etcd, controllers; deploy/crds and deploy/rbac are installed";
    }

    @Override
    public boolean isReal() {
        return true;
    }

    @Override
    public KubernetesClient adminClient() {
        return cluster.adminClient();
    }

    @Override
    public Kubeconfig admin() {
        return cluster.adminKubeconfig();
    }

    @Override
    public Kubeconfig operator() {
        return operator;
    }

    @Override
    public Optional<Path> kubectl() {
        return Optional.of(cluster.kubectlProgram());
    }

    @Override
    public List<SupervisedProcess> processes() {
        return cluster.processes();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
