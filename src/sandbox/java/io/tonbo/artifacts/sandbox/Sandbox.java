package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxOrchestrator;
import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import io.tonbo.artifacts.sandbox.page.LivePage;
import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import io.tonbo.artifacts.sandbox.s3.SandboxS3;
import io.tonbo.artifacts.sandbox.terminal.Display;
import io.tonbo.artifacts.sandbox.terminal.Step;
import io.tonbo.artifacts.sandbox.trouble.SandboxParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that the operator needs around it, on this machine, with the operator in the middle. Brings the objects of
 * manifests to Ready as a user would: two Secrets and {@code kubectl apply}.
 */
final class Sandbox implements AutoCloseable {
    private static final String HANDLE = "sandbox";
    private static final String NAMESPACE = "default";
    private static final String BUCKET = "team-data";
    private static final String ACCESS_KEY = "SANDBOXKEY";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SandboxSettings settings;
    private final Display display;
    private final RunningParts parts;
    private SandboxDirectory own;
    private SandboxS3 s3;
    private SandboxOrchestrator orchestrator;
    private KubernetesPart kubernetes;
    private OperatorProcess operator;
    private PagePart page;

    Sandbox(SandboxSettings settings, Display display) {
        this.settings = settings;
        this.display = display;
        this.parts = new RunningParts(trouble -> display.tell("note", trouble));
    }

    /**
     * Starts all parts; what has started when one fails is ended by {@link #close()}.
     *
     * @throws RunningParts.EndedException if the end came meanwhile
     * @throws IllegalStateException if something does not start, or a port that was asked for is in use; says which
     */
    void start() throws IOException, InterruptedException {
        settings.pagePort().ifPresent(Sandbox::refuseTaken);
        own = parts.keep(SandboxDirectory.open(settings.directory()));
        if (own.swept()) {
            display.tell("note", "the sandbox before this one was killed: what it left is deleted");
        }
        SandboxRedis redis = startRedis();
        s3 = startS3();
        Step step = display.begin("orchestrator", "starting");
        orchestrator = parts.keep(SandboxOrchestrator.start(redis));
        step.done(orchestrator.url() + " speaks Tonbo's API; it is the sandbox's own");
        kubernetes = parts.keep(new KubernetesStart(settings, display).run(own.parts()));
        own.writeKubeconfig(kubernetes.admin().yaml());
        operator = startOperator();
        page = startPage(redis);
    }

    private SandboxRedis startRedis() {
        Step step = display.begin("Redis", "starting");
        SandboxRedis redis = parts.keep(SandboxRedis.start(own.parts()));
        step.done("6.2 with ACLs, for the metadata, at 127.0.0.1:" + redis.port());
        return redis;
    }

    private SandboxS3 startS3() {
        Step step = display.begin("S3", "starting");
        SandboxS3 server =
                parts.keep(isFree(settings.s3Port()) ? SandboxS3.start(settings.s3Port()) : SandboxS3.start());
        server.createBucket(BUCKET);
        step.done(server.endpoint() + " with a bucket " + BUCKET);
        int port = server.endpoint().getPort();
        if (port != settings.s3Port()) {
            display.tell(
                    "note",
                    "port " + settings.s3Port() + " is taken: the examples are applied with " + port + " in its place");
        }
        return server;
    }

    private static void refuseTaken(int pagePort) {
        if (!isFree(pagePort)) {
            throw new IllegalStateException("port " + pagePort
                    + " is in use: give the page another one, or any that is free with -Dsandbox.page.port=0");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private OperatorProcess startOperator() throws IOException, InterruptedException {
        Step step = display.begin("operator", "starting");
        Path log = settings.directory().resolve("operator.log");
        OperatorProcess process = parts.keep(OperatorProcess.start(
                own.copyOf(OperatorProcess.packaged(settings.project())),
                Map.of(
                        "KUBECONFIG",
                        kubernetes.operator().file().toString(),
                        "ARTIFACTS_ORCHESTRATOR_URL",
                        orchestrator.url().toString(),
                        "ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS",
                        "127.0.0.1",
                        "ARTIFACTS_POLL_INTERVAL",
                        "PT10S"),
                List.of("-Djava.io.tmpdir=" + own.parts()),
                log));
        process.awaitStarted();
        step.done("runs as " + KubeCluster.OPERATOR_NAMESPACE + "/" + KubeCluster.OPERATOR_NAME + ", process "
                + process.process().pid() + ", log: " + settings.brief(log));
        return process;
    }

    private PagePart startPage(SandboxRedis redis) {
        Step step = display.begin("page", "starting");
        PagePart started = parts.keep(PagePart.start(
                new SandboxParts(kubernetes.adminClient(), NAMESPACE, orchestrator, s3, redis), settings.pagePort()));
        step.done(started.url() + " shows what the operator does");
        if (settings.pagePort().isEmpty() && started.url().getPort() != LivePage.PREFERRED_PORT) {
            display.tell("note", "port " + LivePage.PREFERRED_PORT + " is taken: the page is at a free one");
        }
        return started;
    }

    /**
     * Applies the manifests and follows what they make.
     *
     * @return empty once all is Ready, else why it is not
     */
    Optional<String> bringToReady() throws IOException, InterruptedException {
        DemoObjects objects = new DemoObjects(kubernetes.adminClient(), NAMESPACE, s3Endpoint());
        String secret = UUID.randomUUID().toString();
        s3.addKey(ACCESS_KEY, secret);
        objects.secret("tonbo-token", Map.of("token", orchestrator.admin().mintToken(HANDLE, TokenKind.JWT)));
        objects.secret(
                "bucket-keys",
                Map.of("ARTIFACTS_S3_ACCESS_KEY_ID", ACCESS_KEY, "ARTIFACTS_S3_SECRET_ACCESS_KEY", secret));
        display.tell("Secrets", "tonbo-token and bucket-keys, for the operator");
        Map<CustomResource<?, ? extends ResourceStatus>, Step> applied = new LinkedHashMap<>();
        for (Path manifest : DemoObjects.manifests(settings.manifest())) {
            CustomResource<?, ? extends ResourceStatus> object = objects.create(manifest);
            display.tell("applied", settings.brief(manifest));
            applied.put(object, display.begin(object.getKind(), "waiting for the operator"));
        }
        for (Map.Entry<CustomResource<?, ? extends ResourceStatus>, Step> each : applied.entrySet()) {
            Optional<String> wrong =
                    new ReadinessStory(each.getValue()).follow(kubernetes.adminClient(), each.getKey(), PATIENCE);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    /**
     * Stays while the operator runs, or until it is ended.
     *
     * @throws IllegalStateException if the operator ends by itself; says why
     */
    void stay() throws InterruptedException {
        while (operator.process().isAlive() && !parts.isClosed()) {
            Thread.sleep(500);
        }
        if (!parts.isClosed()) {
            throw new IllegalStateException(operator.process().obituary());
        }
    }

    String s3Endpoint() {
        return s3.endpoint().toString();
    }

    URI page() {
        return page.url();
    }

    Path kubeconfig() {
        return own.kubeconfig();
    }

    KubernetesPart kubernetes() {
        return kubernetes;
    }

    /** From now on nothing more is started. */
    void refuseMore() {
        parts.refuseMore();
    }

    boolean isClosed() {
        return parts.isClosed();
    }

    /** Ends all that runs, the newest first. What will not end does not keep the rest from it. Can be called again. */
    @Override
    public void close() {
        parts.close();
    }
}
