package io.tonbo.artifacts.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.OperatorProcess;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged operator, started as an administrator would: {@code java -jar} and variables. */
class OperatorStartIT {
    private static final String UNUSED = "http://127.0.0.1:9";
    private static World world;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        world = World.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void theJarRunsWithAKubeconfigAndTheDocumentedVariables() throws Exception {
        String namespace = world.cluster().newNamespace("jar");
        String token = world.token("jar");
        WorkspaceScene scene =
                new WorkspaceScene(world, namespace).token(token).goodKeys().bucket("jar-bucket");
        Map<String, String> env = new HashMap<>(world.environment());
        env.put("KUBECONFIG", SharedKubeCluster.operator().file().toString());
        env.put("QUARKUS_OPERATOR_SDK_NAMESPACES", namespace);
        env.put("ARTIFACTS_MAX_CONCURRENT_RECONCILES", "7");
        Path log = directory.resolve("operator.log");
        Path classes = directory.resolve("classes.log");
        List<String> options = List.of("-Xlog:class+load:file=" + classes);

        try (OperatorProcess operator = OperatorProcess.start(
                        OperatorProcess.packaged(ProjectRoot.find()), env, options, log)
                .awaitStarted()) {
            scene.apply("jar", "jar-bucket");
            scene.untilReady("jar");

            for (String health : List.of("/q/health/live", "/q/health/ready", "/q/health/started")) {
                assertThat(operator.get(health).statusCode()).as(health).isEqualTo(200);
                assertThat(operator.get(health).body()).as(health).contains("\"status\": \"UP\"");
            }
            assertThat(operator.get("/q/health/ready").body())
                    .contains(
                            "\"phase\": \"working\"", "\"workspace\": \"watching\"", "\"mountsession\": \"watching\"");
            world.orchestrator().stopListening();
            assertThat(operator.get("/q/health").statusCode())
                    .as("a restart would not bring the orchestrator back")
                    .isEqualTo(200);
            world.orchestrator().listen();
            assertThat(operator.get("/q/metrics").body()).contains("jvm_memory_used_bytes");
            assertThat(operator.process().end(Duration.ofSeconds(60)))
                    .as("SIGTERM ends it")
                    .isTrue();
            assertThat(operator.process().exitValue()).isIn(0, 143);
        }
        assertThat(Files.readString(log))
                .doesNotContain(token, World.KEY_SECRET)
                .doesNotContain("ERROR", "WARN", "Exception", "____")
                .contains("artifacts-operator", "stopped in");
        assertThat(Files.readAllLines(log)).as(Files.readString(log)).hasSizeLessThan(20);
        assertThat(Files.readString(classes))
                .as("who wants no traces pays nothing for them")
                .contains(" io.tonbo.artifacts.operator.runtime.OperatorAssembly ")
                .doesNotContain(" io.opentelemetry.");
    }

    @Test
    void aReplicaThatStandsByIsReadyAndTakesOverWhatTheOtherEndedInOrder() throws Exception {
        String namespace = world.cluster().newNamespace("replicas");
        WorkspaceScene scene = new WorkspaceScene(world, namespace)
                .token(world.token("replicas"))
                .goodKeys()
                .bucket("replicas");
        Map<String, String> env = new HashMap<>(world.environment());
        env.put("KUBECONFIG", SharedKubeCluster.operator().file().toString());
        env.put("QUARKUS_OPERATOR_SDK_NAMESPACES", namespace);
        env.put("ARTIFACTS_LEADER_ELECTION_LEASE", "artifacts-operator");
        List<String> hurried = List.of("-D" + OperatorSettings.TIME_SCALE + "=0.1");
        Path application = OperatorProcess.packaged(ProjectRoot.find());

        try (OperatorProcess first = OperatorProcess.start(application, env, hurried, directory.resolve("first.log"))) {
            untilSays(first, "working");
            try (OperatorProcess second = OperatorProcess.start(
                            application, env, hurried, directory.resolve("second.log"))
                    .awaitStarted()) {
                untilSays(second, "standby");
                assertThat(first.get("/q/metrics").body()).contains("artifacts_leader 1.0");
                assertThat(second.get("/q/metrics").body()).contains("artifacts_leader 0.0");

                world.orchestrator()
                        .faults()
                        .on(Operation.RESERVE)
                        .inject(Fault.of(FaultKind.LATE, Duration.ofSeconds(2)));
                scene.apply("slow", "replicas");
                Awaitility.await().until(() -> world.orchestrator().calls().count(Operation.RESERVE, "slow") == 1);
                assertThat(first.process().end(Duration.ofSeconds(60)))
                        .as("SIGTERM ends it")
                        .isTrue();

                assertThat(scene.get("slow").getStatus().getWorkspaceId())
                        .as("what was under way came to its end")
                        .isNotNull();
                untilSays(second, "working");
                scene.untilReady("slow");
                assertThat(world.orchestrator().calls().count(Operation.RESERVE, "slow"))
                        .isEqualTo(1);
            }
        }
        for (String log : List.of("first.log", "second.log")) {
            assertThat(Files.readString(directory.resolve(log))).as(log).doesNotContain("ERROR", "WARN", "Exception");
        }
    }

    private static void untilSays(OperatorProcess operator, String phase) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreException(ConnectException.class)
                .untilAsserted(() -> {
                    HttpResponse<String> answer = operator.get("/q/health/ready");
                    assertThat(answer.body())
                            .as(() -> operator.process().obituary())
                            .contains("\"phase\": \"" + phase + "\"");
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ARTIFACTS_SHUTDOWN_GRACE           | 1h                 | ARTIFACTS_SHUTDOWN_GRACE must be an ISO-8601",
                "ARTIFACTS_LEADER_ELECTION_LEASE    | A Lease            | ARTIFACTS_LEADER_ELECTION_LEASE must be the name",
                "ARTIFACTS_ORCHESTRATOR_URL         | ''                 | ARTIFACTS_ORCHESTRATOR_URL is not set",
                "ARTIFACTS_ORCHESTRATOR_URL         | http://example.com | ARTIFACTS_ORCHESTRATOR_URL must start with https",
                "ARTIFACTS_POLL_INTERVAL            | 5m                 | ARTIFACTS_POLL_INTERVAL must be an ISO-8601",
                "ARTIFACTS_MAX_CONCURRENT_RECONCILES| none               | ARTIFACTS_MAX_CONCURRENT_RECONCILES must be",
                "ARTIFACTS_CA_FILE                  | /nowhere/ca.pem    | ARTIFACTS_CA_FILE",
                "KUBECONFIG                         | /nowhere/config    | KUBECONFIG=/nowhere/config names no file",
            })
    void aMistakeIsOneClearLineAndAnExitCode(String variable, String value, String complaint) throws Exception {
        Map<String, String> env = new HashMap<>(Map.of("ARTIFACTS_ORCHESTRATOR_URL", UNUSED));
        env.put(variable, value);

        assertThat(lastWords(env)).startsWith("artifacts-operator: ").contains(complaint);
    }

    @Test
    void aKubeconfigThatCannotBeParsedIsNotQuoted() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken"), "users: [token: planted-4711");

        assertThat(lastWords(kubeconfig(broken)))
                .startsWith("artifacts-operator: KUBECONFIG=" + broken + " is not a kubeconfig")
                .doesNotContain("planted-4711");
    }

    @Test
    void anApiServerThatIsNotThereIsNamed() throws Exception {
        Kubeconfig there = SharedKubeCluster.operator();
        Kubeconfig gone = new Kubeconfig(
                URI.create("https://127.0.0.1:9"), there.caCertificatePem(), there.token(), there.file());
        Path file = Files.writeString(directory.resolve("gone"), gone.yaml());

        assertThat(lastWords(kubeconfig(file)))
                .startsWith("artifacts-operator: the Kubernetes API at https://127.0.0.1:9/ does not answer");
    }

    @Test
    void aTokenThatTheApiServerRefusesIsSaidSo() throws Exception {
        Kubeconfig there = SharedKubeCluster.operator();
        Kubeconfig stranger = new Kubeconfig(there.server(), there.caCertificatePem(), "planted-0815", there.file());
        Path file = Files.writeString(directory.resolve("stranger"), stranger.yaml());

        assertThat(lastWords(kubeconfig(file))).contains("answers HTTP 401").doesNotContain("planted-0815");
    }

    private static Map<String, String> kubeconfig(Path file) {
        return Map.of("ARTIFACTS_ORCHESTRATOR_URL", UNUSED, "KUBECONFIG", file.toString());
    }

    /** All that an operator says that does not start: one line, and exit code 2. */
    private String lastWords(Map<String, String> env) throws Exception {
        Path log = directory.resolve("operator.log");
        try (OperatorProcess operator =
                OperatorProcess.start(OperatorProcess.packaged(ProjectRoot.find()), env, List.of(), log)) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !operator.process()
                    .isAlive());
            String said = Files.readString(log);
            assertThat(operator.process().exitValue()).as(said).isEqualTo(2);
            assertThat(said.strip().lines()).as(said).hasSize(1);
            return said;
        }
    }
}
