package io.tonbo.artifacts.sandbox.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Kubernetes API on this machine: etcd, kube-apiserver and, if wanted, kube-controller-manager, on free loopback
 * ports. There is no kubelet: Pods are objects that never run. Its processes end with this JVM, however that ends.
 */
public final class KubeCluster implements AutoCloseable {
    /** Namespace that the operator is installed in. */
    public static final String OPERATOR_NAMESPACE = "artifacts-system";

    /** ServiceAccount, ClusterRole and ClusterRoleBinding of the operator. */
    public static final String OPERATOR_NAME = "artifacts-operator";

    private final Path directory;
    private final KubeBinaries binaries;
    private final ControlPlane plane;
    private final AuditLog auditLog;
    private final Kubeconfig admin;
    private final KubernetesClient adminClient;
    private boolean controllerManager;

    /**
     * What to start besides the API server.
     *
     * @param controllerManager whether kube-controller-manager runs: garbage collection by owner reference, deletion of
     *     namespaces, a ServiceAccount in each namespace, ReplicaSets of Deployments
     * @param auditLog whether {@link #auditEvents()} works
     */
    public record Options(boolean controllerManager, boolean auditLog) {
        /** API server alone. */
        public static final Options BARE = new Options(false, false);

        /** All of it. */
        public static final Options FULL = new Options(true, true);
    }

    private KubeCluster(Path directory, KubeBinaries binaries, ControlPlane plane, boolean audited) {
        this.directory = directory;
        this.binaries = binaries;
        this.plane = plane;
        this.auditLog = audited ? new AuditLog(plane.auditLog()) : null;
        this.admin = kubeconfig("admin", plane.adminToken());
        this.adminClient = admin.newClient();
    }

    /**
     * Starts a cluster and waits until it is ready, a few seconds if the programs are there. It ends when the JVM shuts down,
     * if nobody closes it before.
     *
     * @param options what to start
     * @return the running cluster, empty but for what the API server makes itself
     * @throws IllegalStateException if the programs cannot be had or do not start; says why
     */
    public static KubeCluster start(Options options) {
        KubeBinaries binaries = KubeBinaries.ready();
        try {
            KubeCluster cluster = start(options, binaries, Files.createTempDirectory("artifacts-kubernetes-"));
            Runtime.getRuntime().addShutdownHook(new Thread(cluster.plane::close, "end-of-kubernetes"));
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary directory cannot be written", e);
        }
    }

    /**
     * Starts a cluster whose files are at a given place, and which its owner closes. A JVM that is killed takes its processes
     * along, but leaves the files.
     *
     * @param options what to start
     * @param binaries the programs
     * @param directory an empty directory; gone when the cluster ends
     * @return the running cluster, empty but for what the API server makes itself
     * @throws IllegalStateException if the programs do not start; says why
     * @throws UncheckedIOException if the directory cannot be written
     */
    public static KubeCluster start(Options options, KubeBinaries binaries, Path directory) {
        try {
            return of(ControlPlane.start(binaries, directory, options.auditLog()), options, binaries, directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the directory of Kubernetes cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the API server started", e);
        }
    }

    private static KubeCluster of(ControlPlane plane, Options options, KubeBinaries binaries, Path directory) {
        try {
            KubeCluster cluster = new KubeCluster(directory, binaries, plane, options.auditLog());
            if (options.controllerManager()) {
                cluster.startControllerManager();
            }
            return cluster;
        } catch (RuntimeException e) {
            plane.close();
            throw e;
        }
    }

    /**
     * Starts kube-controller-manager if it does not run yet, and waits until its controllers work. It learns of new CRDs
     * every 30 s only: install them first where garbage collection of them matters.
     */
    public synchronized void startControllerManager() {
        if (controllerManager) {
            return;
        }
        SupervisedProcess process =
                plane.startControllerManager(kubeconfig("controller-manager", plane.controllerToken()));
        controllerManager = true;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (adminClient
                        .serviceAccounts()
                        .inNamespace("default")
                        .withName("default")
                        .get()
                == null) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(process.obituary());
            }
            pause();
        }
    }

    /**
     * @return base URL of the API server, on the loopback address
     */
    public URI server() {
        return plane.server();
    }

    /**
     * @return certificate of the authority that signed the API server's, PEM
     */
    public String caCertificatePem() {
        return plane.caCertificatePem();
    }

    /**
     * @return of a user in {@code system:masters}, whom RBAC does not bind
     */
    public Kubeconfig adminKubeconfig() {
        return admin;
    }

    /**
     * @param token a bearer token
     * @return whether it is the one of {@link #adminKubeconfig()}, of this cluster or another
     */
    public static boolean isAdministrators(String token) {
        return token.startsWith(ControlPlane.ADMINISTRATORS);
    }

    /**
     * @return a client of the administrator, closed with the cluster
     */
    public KubernetesClient adminClient() {
        return adminClient;
    }

    /**
     * A user that is bound by RBAC, with a token from the TokenRequest API as a Pod would have it, good for a day.
     *
     * @param namespace of the ServiceAccount
     * @param serviceAccount its name; it must exist
     * @return the ServiceAccount's kubeconfig
     */
    public Kubeconfig restrictedKubeconfig(String namespace, String serviceAccount) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TimeUnit.DAYS.toSeconds(1))
                .endSpec()
                .build();
        var account = adminClient.serviceAccounts().inNamespace(namespace).withName(serviceAccount);
        // A new namespace has its "default" a moment later.
        account.waitUntilCondition(Objects::nonNull, 30, TimeUnit.SECONDS);
        TokenRequest granted = account.tokenRequest(request);
        return kubeconfig(namespace + "-" + serviceAccount, granted.getStatus().getToken());
    }

    /**
     * Applies {@code deploy/rbac} as it is shipped.
     *
     * @return the kubeconfig of the operator's ServiceAccount, bound to that RBAC
     */
    public Kubeconfig installOperatorRbac() {
        apply(ProjectRoot.find().resolve("deploy/rbac"));
        return restrictedKubeconfig(OPERATOR_NAMESPACE, OPERATOR_NAME);
    }

    /**
     * Applies CustomResourceDefinitions and waits until they are served.
     *
     * @param crds directory with YAML files, such as {@code deploy/crds}, or one file
     */
    public void applyCrds(Path crds) {
        for (HasMetadata crd : apply(crds)) {
            adminClient.resource(crd).waitUntilCondition(KubeCluster::isEstablished, 30, TimeUnit.SECONDS);
        }
    }

    private static boolean isEstablished(HasMetadata resource) {
        return resource instanceof CustomResourceDefinition crd
                && crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }

    /**
     * Applies manifests as the administrator, server-side.
     *
     * @param manifests directory with YAML files, applied in the order of their names, or one file
     * @return what was applied
     */
    public List<HasMetadata> apply(Path manifests) {
        List<HasMetadata> applied = new ArrayList<>();
        try (Stream<Path> files = Files.isDirectory(manifests) ? Files.list(manifests) : Stream.of(manifests)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    for (HasMetadata resource : adminClient.load(in).items()) {
                        applied.add(
                                adminClient.resource(resource).forceConflicts().serverSideApply());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(manifests + " cannot be read", e);
        }
        if (applied.isEmpty()) {
            throw new IllegalArgumentException(manifests + " holds no manifest (*.yaml)");
        }
        return applied;
    }

    /**
     * @param prefix what its name starts with
     * @return name of a new namespace that nobody else has
     */
    public String newNamespace(String prefix) {
        return adminClient
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName(prefix + "-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    /**
     * @param arguments of kubectl, run as the administrator
     * @return exit code and output
     */
    public Kubectl.Result kubectl(String... arguments) {
        return kubectlAs(admin).run(arguments);
    }

    /**
     * @param user whom kubectl acts for
     * @return the real kubectl
     */
    public Kubectl kubectlAs(Kubeconfig user) {
        return new Kubectl(binaries.path(KubeBinary.KUBECTL), user);
    }

    /**
     * @return where the real kubectl is, for a person who has none
     */
    public Path kubectlProgram() {
        return binaries.path(KubeBinary.KUBECTL);
    }

    /**
     * Requests that are complete: all that ServiceAccounts in {@value #OPERATOR_NAMESPACE} ever asked for, and everybody's on
     * the API group artifacts.tonbo.io, Events, Leases and Secrets. Exact: what a client has seen an answer to is in it.
     *
     * @return every one since the start, oldest first; a watch appears when it ends
     * @throws IllegalStateException if the cluster was started without an audit log
     */
    public List<AuditEvent> auditEvents() {
        if (auditLog == null) {
            throw new IllegalStateException("this cluster was started without an audit log");
        }
        return auditLog.events();
    }

    /**
     * @return process ids of all that runs
     */
    public List<Long> pids() {
        return processes().stream().map(SupervisedProcess::pid).toList();
    }

    /**
     * @return all that runs
     */
    public List<SupervisedProcess> processes() {
        return plane.processes();
    }

    private Kubeconfig kubeconfig(String name, String token) {
        return Kubeconfig.write(server(), caCertificatePem(), token, directory.resolve(name + ".kubeconfig"));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kubernetes started", e);
        }
    }

    /** Kills the processes and deletes their files. Can be called again. */
    @Override
    public void close() {
        try {
            adminClient.close();
        } finally {
            plane.close();
        }
    }
}
