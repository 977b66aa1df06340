package io.tonbo.artifacts.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tonbo.artifacts.operator.testing.Scrape;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.TraceCollector;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.OperatorProcess;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import io.tonbo.artifacts.sandbox.orchestrator.CallLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The packaged operator, with traces and with a JSON log: what it tells of itself while it works, and what it never tells. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObservedOperatorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BUCKET = "observed-bucket";
    private static final String GOOD = "good";
    private static final String BROKEN = "broken";

    private static World world;
    private static TraceCollector collector;
    private static OperatorProcess operator;
    private static Path log;
    private static WorkspaceScene workspaces;
    private static SessionScene sessions;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        world = World.start();
        collector = TraceCollector.start();
        String namespace = world.cluster().newNamespace("observed");
        token = world.token("observed");
        workspaces =
                new WorkspaceScene(world, namespace).token(token).goodKeys().bucket(BUCKET);
        sessions = new SessionScene(workspaces);
        Map<String, String> env = new HashMap<>(world.environment());
        env.put("KUBECONFIG", SharedKubeCluster.operator().file().toString());
        env.put("QUARKUS_OPERATOR_SDK_NAMESPACES", namespace);
        env.put("ARTIFACTS_TRACING_ENDPOINT", collector.uri().toString());
        env.put("ARTIFACTS_TRACING_SAMPLE_RATIO", "1");
        // Not one that has to wait for another's budget, which would be one more reason in the list.
        env.put("ARTIFACTS_REQUESTS_PER_SECOND", "1000");
        env.put("ARTIFACTS_LOG_FORMAT", "json");
        env.put("ARTIFACTS_LOG_LEVEL", "DEBUG");
        Path project = ProjectRoot.find();
        log = Files.createDirectories(project.resolve("target/operator-processes"))
                .resolve("observed-" + ProcessHandle.current().pid() + ".log");
        operator = OperatorProcess.start(OperatorProcess.packaged(project), env, List.of(), log)
                .awaitStarted();
        workspaces.apply(GOOD, BUCKET);
        workspaces.apply(BROKEN, "no-such-bucket");
        workspaces.untilReady(GOOD);
        workspaces.until(BROKEN, "Stalled", "BucketNotFound");
        sessions.apply(GOOD, GOOD);
        sessions.untilReady(GOOD);
    }

    @AfterAll
    static void stop() {
        operator.close();
        collector.close();
        world.close();
    }

    private static Scrape scrape() {
        try {
            return Scrape.of(operator.get("/q/metrics").body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Whatever must not be in anything that it puts out. */
    private static List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(token, World.KEY_ID, World.KEY_SECRET));
        // User, password and URL of the metadata, and the volume's keys.
        secrets.addAll(sessions.data(GOOD).values().stream()
                .filter(value -> value.contains("redis://") || value.equals(World.KEY_SECRET))
                .toList());
        assertThat(secrets).as("a metadata URL is among them").anyMatch(value -> value.contains("redis://"));
        return secrets;
    }

    @Test
    @Order(1)
    void whatItDoesIsCounted() {
        // Its own caches may be a moment behind the API server.
        await().atMost(PATIENCE).untilAsserted(() -> {
            Scrape now = scrape();
            assertThat(now.value("artifacts_objects", "kind=Workspace", "state=ready", "reason=Active"))
                    .contains(1.0);
            assertThat(now.value("artifacts_objects", "kind=Workspace", "state=stalled", "reason=BucketNotFound"))
                    .contains(1.0);
            assertThat(now.value("artifacts_objects", "kind=MountSession", "state=ready", "reason=CredentialPublished"))
                    .contains(1.0);
        });
        Scrape scrape = scrape();
        assertThat(scrape.value("artifacts_session_expiry_seconds", "renewal=due"))
                .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1.0, 86_400.0 + 60));
        assertThat(scrape.value("artifacts_token_expiry_seconds"))
                .hasValueSatisfying(seconds -> assertThat(seconds).isPositive());
        assertThat(scrape.value("artifacts_orchestrator_breaker_open")).contains(0.0);
        assertThat(scrape.value("artifacts_tokens_refused")).contains(0.0);
        assertThat(scrape.value("artifacts_token_budget_available_ratio"))
                .hasValueSatisfying(ratio -> assertThat(ratio).isBetween(0.0, 1.0));
        for (String kind : List.of("Workspace", "MountSession")) {
            assertThat(scrape.value("artifacts_reconcile_queue", "kind=" + kind))
                    .isPresent();
            assertThat(scrape.value("artifacts_reconcile_active", "kind=" + kind))
                    .isPresent();
            assertThat(scrape.value("artifacts_reconcile_seconds_count", "kind=" + kind, "outcome=done"))
                    .hasValueSatisfying(count -> assertThat(count).isPositive());
        }
        assertThat(scrape.value(
                        "artifacts_orchestrator_requests_seconds_count",
                        "operation=open_session",
                        "outcome=ok",
                        "code=none"))
                .contains(1.0);
        assertThat(scrape.of("artifacts_orchestrator_requests_seconds_bucket", "operation=open_session"))
                .hasSizeBetween(5, 15);
    }

    @Test
    @Order(2)
    void itHasAsManySeriesForAThousandObjectsAsForTen() throws Exception {
        Crowd crowd = new Crowd(workspaces, sessions, BUCKET, GOOD);
        crowd.grow(10);
        await().atMost(PATIENCE).untilAsserted(() -> crowd.assertSettled(scrape(), 2, 1));
        Set<String> few = series();
        crowd.grow(1000);
        await().atMost(PATIENCE).untilAsserted(() -> crowd.assertSettled(scrape(), 2, 1));
        Set<String> many = series();

        assertThat(many).as("series").isEqualTo(few);
        assertThat(many.stream().filter(series -> series.startsWith("artifacts_")))
                .as("labels")
                .noneMatch(series -> series.contains(workspaces.namespace()) || series.contains("crowd"));
    }

    /** Of the JVM's own all but those of garbage collections: each cause has a series from its first time on. */
    private static Set<String> series() {
        return scrape().samples()
                .map(Scrape.Sample::id)
                .filter(id -> !id.startsWith("jvm_gc_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @Order(3)
    void aReconcileIsTracedToItsRequests() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(spans("orchestrator open_session"))
                .isNotEmpty());
        Span open = spans("orchestrator open_session").get(0);
        Span reconcile = parent(open);

        assertThat(reconcile.getName()).isEqualTo("reconcile MountSession");
        assertThat(reconcile.getParentSpanId().isEmpty()).isTrue();
        assertThat(TraceCollector.attribute(reconcile, "artifacts.kind")).contains("MountSession");
        assertThat(TraceCollector.attribute(reconcile, "artifacts.namespace")).contains(workspaces.namespace());
        assertThat(TraceCollector.attribute(reconcile, "artifacts.name")).contains(GOOD);
        assertThat(TraceCollector.attribute(reconcile, "artifacts.outcome")).contains("done");
        assertThat(open.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(TraceCollector.attribute(open, "artifacts.operation")).contains("open_session");
        assertThat(TraceCollector.attribute(open, "artifacts.outcome")).contains("ok");
        assertThat(TraceCollector.attribute(open, "http.response.status_code")).contains("201");
        assertThat(world.orchestrator().calls().calls())
                .extracting(CallLog.Call::requestId)
                .contains(TraceCollector.attribute(open, "artifacts.request_id").orElseThrow());
        assertThat(parent(spans("metadata read setting").get(0)).getName()).startsWith("reconcile ");
        assertThat(parent(spans("metadata claim").get(0)).getName()).isEqualTo("reconcile Workspace");
        assertThat(collector.resource("service.name")).containsExactly("artifacts-operator");
    }

    @Test
    @Order(4)
    void whatFailsIsSaidInTheTraceInWordsOfTheCatalogue() {
        Span refused = collector.spans().stream()
                .filter(span -> span.getName().startsWith("bucket ")
                        && span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
                .findFirst()
                .orElseThrow();
        Span reconcile = parent(refused);

        assertThat(TraceCollector.attribute(refused, "artifacts.code")).contains("NoSuchBucket");
        assertThat(TraceCollector.attribute(refused, "http.response.status_code"))
                .contains("404");
        assertThat(TraceCollector.attribute(reconcile, "artifacts.name")).contains(BROKEN);
        assertThat(TraceCollector.attribute(reconcile, "artifacts.outcome")).contains("failed");
        assertThat(TraceCollector.attribute(reconcile, "artifacts.reason")).contains("BucketNotFound");
        assertThat(reconcile.getStatus().getMessage()).isEqualTo("BucketNotFound");
    }

    @Test
    @Order(5)
    void noTraceHoldsACredential() {
        assertThat(collector.text()).contains(GOOD).doesNotContain(secrets()).doesNotContain("redis://", "Bearer");
    }

    private static List<Span> spans(String name) {
        return collector.spans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static Span parent(Span child) {
        return collector.spans().stream()
                .filter(span -> span.getSpanId().equals(child.getParentSpanId())
                        && span.getTraceId().equals(child.getTraceId()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(child.getName() + " has no parent"));
    }

    @Test
    @Order(6)
    void eachLineOfTheLogIsAJsonObjectWithTheDocumentedKeys() throws Exception {
        operator.close();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            lines.add(new ObjectMapper().readTree(line));
        }

        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(keys(line))
                .as(line.toString())
                .contains("timestamp", "level", "logger", "message")
                .isSubsetOf(OperationsPage.logKeys()));
        assertThat(lines)
                .filteredOn(line -> BROKEN.equals(line.path("name").asText())
                        && line.path("level").asText().equals("INFO"))
                .anySatisfy(line -> {
                    assertThat(line.path("kind").asText()).isEqualTo("Workspace");
                    assertThat(line.path("namespace").asText()).isEqualTo(workspaces.namespace());
                    assertThat(line.path("reason").asText()).isEqualTo("BucketNotFound");
                    assertThat(line.path("code").asText()).isEqualTo("NoSuchBucket");
                    assertThat(line.path("operation").asText()).isEqualTo("storage");
                    assertThat(collector.spans())
                            .extracting(span ->
                                    HexFormat.of().formatHex(span.getTraceId().toByteArray()))
                            .contains(line.path("traceId").asText());
                });
        assertThat(lines)
                .as("debug lines of our own")
                .anyMatch(line -> line.path("level").asText().equals("DEBUG"));
        assertThat(Files.readString(log)).doesNotContain(secrets());
    }

    private static Set<String> keys(JsonNode line) {
        Set<String> keys = new TreeSet<>();
        line.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
