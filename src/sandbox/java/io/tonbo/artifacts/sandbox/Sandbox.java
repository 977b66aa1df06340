package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.sandbox.kube.KubeBinaries;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxOrchestrator;
import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Everything that the operator needs around it, on this machine, with the operator in the middle. Brings the Workspace of a
 * manifest to Ready as a user would: two Secrets and {@code kubectl apply}.
 */
public final class Sandbox implements AutoCloseable {
    private static final String HANDLE = "sandbox";
    private static final String NAMESPACE = "default";
    private static final String BUCKET = "team-data";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SandboxSettings settings;
    private final Narrator narrator;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private boolean closed;
    private SandboxOrchestrator orchestrator;
    private SandboxS3 s3;
    private KubeCluster cluster;
    private OperatorProcess operator;

    Sandbox(SandboxSettings settings, Narrator narrator) {
        this.settings = settings;
        this.narrator = narrator;
    }

    /** Starts all parts; what has started when one fails is ended by {@link #close()}. */
    void start() throws IOException, InterruptedException {
        SandboxDirectory own = keep(SandboxDirectory.open(settings.directory()));
        SandboxRedis redis = keep(SandboxRedis.start());
        narrator.tell("Redis", "6.2 with ACLs, for the metadata, at 127.0.0.1:" + redis.port());
        s3 = keep(startS3());
        narrator.tell("S3", s3.endpoint() + " with a bucket " + BUCKET);
        orchestrator = keep(SandboxOrchestrator.start(redis));
        narrator.tell("orchestrator", orchestrator.url() + " speaks Tonbo's API; it is the sandbox's own");
        startKubernetes();
        startOperator(own.copyOf(OperatorProcess.packaged(settings.project())));
    }

    private SandboxS3 startS3() {
        SandboxS3 server = isFree(settings.s3Port()) ? SandboxS3.start(settings.s3Port()) : SandboxS3.start();
        server.createBucket(BUCKET);
        if (server.endpoint().getPort() != settings.s3Port()) {
            narrator.tell(
                    "note",
                    "port " + settings.s3Port() + " is taken: the examples are applied with "
                            + server.endpoint().getPort() + " in its place");
        }
        return server;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void startKubernetes() throws IOException {
        cluster = keep(KubeCluster.start(KubeCluster.Options.BARE));
        narrator.tell("Kubernetes", KubeBinaries.KUBERNETES + " at " + server() + ": API server, etcd, controllers");
        cluster.applyCrds(settings.project().resolve("deploy/crds"));
        cluster.startControllerManager();
        Files.deleteIfExists(kubeconfig());
        Files.createFile(
                kubeconfig(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(kubeconfig(), cluster.adminKubeconfig().yaml());
        keep(() -> Files.deleteIfExists(kubeconfig()));
    }

    private void startOperator(Path application) throws InterruptedException {
        Kubeconfig restricted = cluster.installOperatorRbac();
        narrator.tell("installed", "deploy/crds and deploy/rbac");
        Path log = settings.directory().resolve("operator.log");
        operator = keep(OperatorProcess.start(
                application,
                Map.of(
                        "KUBECONFIG",
                        restricted.file().toString(),
                        "ARTIFACTS_ORCHESTRATOR_URL",
                        orchestrator.url().toString(),
                        "ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS",
                        "127.0.0.1",
                        "ARTIFACTS_POLL_INTERVAL",
                        "PT10S"),
                List.of(),
                log));
        operator.awaitStarted();
        narrator.tell(
                "operator",
                "runs as ServiceAccount " + KubeCluster.OPERATOR_NAMESPACE + "/" + KubeCluster.OPERATOR_NAME
                        + ", process " + operator.process().pid() + ", log: " + settings.brief(log));
    }

    /**
     * Applies the manifests and follows what they make.
     *
     * @return empty once all is Ready, else why it is not
     */
    Optional<String> bringToReady() throws IOException, InterruptedException {
        String secret = UUID.randomUUID().toString();
        s3.addKey("SANDBOXKEY", secret);
        createSecret("tonbo-token", Map.of("token", orchestrator.admin().mintToken(HANDLE, TokenKind.JWT)));
        createSecret(
                "bucket-keys",
                Map.of("ARTIFACTS_S3_ACCESS_KEY_ID", "SANDBOXKEY", "ARTIFACTS_S3_SECRET_ACCESS_KEY", secret));
        List<CustomResource<?, ? extends ResourceStatus>> applied = new ArrayList<>();
        for (Path manifest : manifests()) {
            applied.add(apply(manifest));
            narrator.tell("applied", settings.brief(manifest));
        }
        for (CustomResource<?, ? extends ResourceStatus> object : applied) {
            Optional<String> wrong = new ReadinessStory(narrator).follow(cluster.adminClient(), object, PATIENCE);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private CustomResource<?, ? extends ResourceStatus> apply(Path manifest) throws IOException {
        KubernetesSerialization yaml = cluster.adminClient().getKubernetesSerialization();
        String text = Files.readString(manifest).replace(examplesEndpoint(), s3Endpoint());
        String kind = yaml.unmarshal(text, GenericKubernetesResource.class).getKind();
        CustomResource<?, ? extends ResourceStatus> wanted =
                switch (kind) {
                    case "Workspace" -> yaml.unmarshal(text, Workspace.class);
                    case "MountSession" -> yaml.unmarshal(text, MountSession.class);
                    default ->
                        throw new IllegalArgumentException(
                                settings.brief(manifest) + " is neither a Workspace nor a MountSession but a " + kind);
                };
        wanted.getMetadata().setNamespace(NAMESPACE);
        return cluster.adminClient().resource(wanted).create();
    }

    private List<Path> manifests() throws IOException {
        if (!Files.isDirectory(settings.manifest())) {
            return List.of(settings.manifest());
        }
        try (Stream<Path> files = Files.list(settings.manifest())) {
            // The Workspace first: the story is easier to follow. Any order leads there.
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private void createSecret(String name, Map<String, String> data) {
        cluster.adminClient()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .create();
        narrator.tell(
                "Secret",
                name + " with "
                        + String.join(", ", data.keySet().stream().sorted().toList()));
    }

    /** Waits for as long as the operator runs. */
    void stay() throws InterruptedException {
        while (operator.process().isAlive()) {
            Thread.sleep(500);
        }
        if (!isClosed()) {
            throw new IllegalStateException(operator.process().obituary());
        }
    }

    static String examplesEndpoint() {
        return "http://127.0.0.1:" + SandboxSettings.EXAMPLES_S3_PORT;
    }

    String s3Endpoint() {
        return s3.endpoint().toString();
    }

    Path kubeconfig() {
        return settings.directory().resolve("kubeconfig");
    }

    Path kubectl() {
        return cluster.kubectlProgram();
    }

    URI server() {
        return cluster.adminKubeconfig().server();
    }

    private synchronized <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Ends all that runs, the newest first. What will not end does not keep the rest from it. */
    @Override
    @SuppressWarnings("IllegalCatch")
    public synchronized void close() {
        closed = true;
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                narrator.tell("note", e.getMessage());
            }
        }
    }
}
