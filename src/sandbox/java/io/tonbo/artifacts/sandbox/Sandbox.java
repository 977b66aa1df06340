package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.LoopbackPort;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxOrchestrator;
import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import io.tonbo.artifacts.sandbox.page.LivePage;
import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import io.tonbo.artifacts.sandbox.s3.SandboxS3;
import io.tonbo.artifacts.sandbox.terminal.Display;
import io.tonbo.artifacts.sandbox.terminal.Step;
import io.tonbo.artifacts.sandbox.trouble.SandboxParts;
import java.io.IOException;
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
final class Sandbox {
    private static final String HANDLE = "sandbox";
    private static final String NAMESPACE = "default";
    private static final String BUCKET = "team-data";
    private static final String ACCESS_KEY = "SANDBOXKEY";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Time for an end that was asked for to be known as one: on some systems Ctrl-C ends the processes, too. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final SandboxSettings settings;
    private final List<DemoManifest> manifests;
    private final Display display;
    private final RunningParts parts = new RunningParts();
    private final Vigil vigil = new Vigil();
    private final Map<CustomResource<?, ? extends ResourceStatus>, Step> applied = new LinkedHashMap<>();
    private SandboxDirectory own;
    private SandboxS3 s3;
    private SandboxOrchestrator orchestrator;
    private KubernetesPart kubernetes;
    private PagePart page;

    /**
     * @param settings what was asked for
     * @param manifests what to apply
     * @param display told what goes on
     */
    Sandbox(SandboxSettings settings, List<DemoManifest> manifests, Display display) {
        this.settings = settings;
        this.manifests = manifests;
        this.display = display;
    }

    /**
     * Starts all parts; what has started when one fails is ended by {@link #end()}.
     *
     * @throws RunningParts.EndedException if the end came meanwhile
     * @throws IllegalStateException if something does not start, or a port that was asked for is in use; says which
     */
    void start() throws IOException, InterruptedException {
        PagePart.refuseTaken(settings.pagePort());
        own = parts.keep(SandboxDirectory.open(settings.directory()));
        if (own.swept()) {
            display.tell("note", "the sandbox before this one was killed: what it left is deleted");
        }
        SandboxRedis redis;
        try (Beside<KubernetesPart> coming = Beside.begin("kubernetes", this::startKubernetes)) {
            redis = startRedis();
            s3 = startS3();
            orchestrator = startOrchestrator(redis);
            kubernetes = coming.await();
        }
        own.writeKubeconfig(kubernetes.admin().yaml());
        startOperator();
        page = startPage(redis);
    }

    private KubernetesPart startKubernetes() throws IOException {
        KubernetesPart part = parts.keep(new KubernetesStart(settings, display).run(own.parts()));
        vigil.over(part.processes());
        return part;
    }

    private SandboxRedis startRedis() {
        Step step = display.begin("Redis", "starting");
        SandboxRedis redis = parts.keep(SandboxRedis.start(own.parts()));
        vigil.over(redis.process());
        step.done("6.2 with ACLs, for the metadata, at 127.0.0.1:" + redis.port());
        return redis;
    }

    private SandboxS3 startS3() {
        Step step = display.begin("S3", "starting");
        SandboxS3 server = parts.keep(s3At(settings.s3Port()));
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

    private static SandboxS3 s3At(int preferredPort) {
        try {
            return SandboxS3.start(preferredPort);
        } catch (IllegalStateException e) {
            if (LoopbackPort.isFree(preferredPort)) {
                throw e;
            }
            return SandboxS3.start();
        }
    }

    private SandboxOrchestrator startOrchestrator(SandboxRedis redis) {
        Step step = display.begin("orchestrator", "starting");
        SandboxOrchestrator started = parts.keep(SandboxOrchestrator.start(redis));
        step.done(started.url() + " speaks Tonbo's API; it is the sandbox's own");
        return started;
    }

    private void startOperator() throws IOException, InterruptedException {
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
        vigil.over(process.process());
        step.done("runs as " + KubeCluster.OPERATOR_NAMESPACE + "/" + KubeCluster.OPERATOR_NAME + ", process "
                + process.process().pid() + ", log: " + settings.brief(log));
    }

    private PagePart startPage(SandboxRedis redis) {
        Step step = display.begin("page", "starting");
        PagePart started = parts.keep(PagePart.start(
                new SandboxParts(kubernetes.adminClient(), kubernetes.isReal(), NAMESPACE, orchestrator, s3, redis),
                settings.pagePort()));
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
        for (DemoManifest manifest : manifests) {
            CustomResource<?, ? extends ResourceStatus> object = objects.create(manifest);
            display.tell("applied", settings.brief(manifest.file()));
            applied.put(object, display.begin(object.getKind(), "waiting for the operator"));
        }
        try {
            for (Map.Entry<CustomResource<?, ? extends ResourceStatus>, Step> each : applied.entrySet()) {
                Optional<String> wrong = new ReadinessStory(each.getValue(), vigil::obituary)
                        .follow(kubernetes.adminClient(), each.getKey(), PATIENCE);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
            return Optional.empty();
        } finally {
            // Those that have ended stay as they are.
            applied.values().forEach(step -> step.failed("not waited for"));
        }
    }

    /**
     * Stays while all processes run, or until it is ended.
     *
     * @throws IllegalStateException if one of them ends by itself; says which, and why
     */
    void stay() throws InterruptedException {
        vigil.awaitEnd();
        Thread.sleep(A_MOMENT.toMillis());
        vigil.obituary().filter(ended -> !parts.isClosed()).ifPresent(ended -> {
            throw new IllegalStateException(ended);
        });
    }

    private String s3Endpoint() {
        return s3.endpoint().toString();
    }

    /**
     * @return what a person can do with what runs
     */
    Invitation invitation() {
        return new Invitation(
                own.kubeconfig(),
                kubernetes.kubectl(),
                s3Endpoint(),
                page.url(),
                applied.keySet(),
                String.valueOf(System.getenv("PATH")));
    }

    /** From now on nothing more is started. */
    void refuseMore() {
        parts.refuseMore();
    }

    boolean isClosed() {
        return parts.isClosed();
    }

    /**
     * Ends all that runs, the newest first. What will not end does not keep the rest from it. Can be called again.
     *
     * @return what would not end, each in a line; empty if nothing is left
     */
    List<String> end() {
        return parts.end();
    }
}
