package io.tonbo.artifacts.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every variable, with values that work and values that an administrator gets told about. */
class OperatorSettingsTest {
    private static final String URL = "ARTIFACTS_ORCHESTRATOR_URL";
    private static final String LOCAL = "http://127.0.0.1:8080";
    private static final String REMOTE = "https://orchestrator.example.com";

    private static OperatorSettings with(String variable, String value) {
        Map<String, String> env = new HashMap<>(Map.of(URL, REMOTE));
        env.put(variable, value);
        return OperatorSettings.from(env, null);
    }

    @Test
    void theOrchestratorIsAllThatMustBeSaid() {
        OperatorSettings settings = OperatorSettings.from(Map.of(URL, REMOTE), null);

        assertThat(settings.orchestrator().base()).isEqualTo(URI.create(REMOTE));
        assertThat(settings.caFile()).isNull();
        assertThat(settings.tokenFile()).isNull();
        assertThat(settings.sharedNamespaces().allows("default")).isFalse();
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.requestsPerSecond()).isEqualTo(20);
        assertThat(settings.namespace()).isEqualTo("artifacts-system");
        assertThat(settings.instance()).isEqualTo("artifacts-operator");
        assertThat(settings.lease()).isNull();
        assertThat(settings.shutdownGrace()).isEqualTo(Duration.ofSeconds(45));
        assertThat(settings.timings().scale()).isEqualTo(1);
        assertThat(settings.tracing()).isEqualTo(new TracingSettings(null, 0.1));
        assertThat(settings.log()).isEqualTo(new LogSettings(false, null));
    }

    @ParameterizedTest
    @CsvSource({
        "http://collector:4318, http://collector:4318/v1/traces",
        "http://collector:4318/, http://collector:4318/v1/traces",
        "' https://traces.example.com/otlp/v1/traces ', https://traces.example.com/otlp/v1/traces"
    })
    void aPlaceForTracesIsTakenAs(String given, URI taken) {
        assertThat(with("ARTIFACTS_TRACING_ENDPOINT", given).tracing().endpoint())
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "0.25, 0.25", "' .5 ', 0.5", "1.0, 1"})
    void aPartOfTheTracesIsTaken(String given, double taken) {
        assertThat(with("ARTIFACTS_TRACING_SAMPLE_RATIO", given).tracing().sampleRatio())
                .isEqualTo(taken);
    }

    @Test
    void theLogIsTextUnlessItIsToBeJson() {
        assertThat(with("ARTIFACTS_LOG_FORMAT", "json").log()).isEqualTo(new LogSettings(true, null));
        assertThat(with("ARTIFACTS_LOG_FORMAT", "text").log()).isEqualTo(new LogSettings(false, null));
        assertThat(with("ARTIFACTS_LOG_LEVEL", "debug").log()).isEqualTo(new LogSettings(false, "DEBUG"));
    }

    @Test
    void aPasswordInThePlaceForTracesIsNotQuoted() {
        for (String url :
                List.of("http://ada:pass-9f@collector:4318", "http://ada:pass-9f@ collector", "pass-9f://x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> with("ARTIFACTS_TRACING_ENDPOINT", url))
                    .withMessageStartingWith("ARTIFACTS_TRACING_ENDPOINT")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("pass-9f"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ARTIFACTS_SHUTDOWN_GRACE, 30, 'must be an ISO-8601 duration such as PT45S, not 30'",
        "ARTIFACTS_SHUTDOWN_GRACE, PT11M, 'must be from PT0S to PT10M, not PT11M'",
        "ARTIFACTS_SHUTDOWN_GRACE, PT-1S, 'must be from PT0S to PT10M, not PT-1S'",
        "ARTIFACTS_LEADER_ELECTION_LEASE, Lease, 'must be the name of a Lease, not Lease'",
        "ARTIFACTS_LEADER_ELECTION_LEASE, -a, 'must be the name of a Lease, not -a'",
    })
    void replicasAreRefused(String variable, String value, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(variable, value))
                .withMessage(variable + " " + complaint);
    }

    @Test
    void replicasAreTaken() {
        assertThat(with("ARTIFACTS_LEADER_ELECTION_LEASE", "artifacts-operator").lease())
                .isEqualTo("artifacts-operator");
        assertThat(with("ARTIFACTS_SHUTDOWN_GRACE", "PT0S").shutdownGrace()).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://orchestrator.example.com    | https://orchestrator.example.com",
                "https://orchestrator.example.com/   | https://orchestrator.example.com",
                "https://example.com:8443/tonbo/     | https://example.com:8443/tonbo",
                "http://127.0.0.1:8080               | http://127.0.0.1:8080",
                "http://localhost:8080               | http://localhost:8080",
                "http://[::1]:8080                   | http://[::1]:8080",
            })
    void aBaseUrlIsTakenAs(String given, String taken) {
        assertThat(with(URL, given).orchestrator().base()).isEqualTo(URI.create(taken));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "unset",
            value = {
                "unset                                | is not set",
                "''                                   | is not set",
                "'   '                                | is not set",
                "orchestrator.example.com             | must start with https://",
                "ftp://orchestrator.example.com       | must start with https://",
                "http://orchestrator.example.com      | must start with https://",
                "http://10.0.0.7                      | must start with https://",
                "https://ada:pass-9f@example.com      | must not contain a user name or a password",
                "https://example.com/?a=b             | must not contain a query",
                "https://example.com/a/../b           | must not contain empty, . or .. path segments",
                "https://                             | is not a URL",
                "https://exa mple.com                 | is not a URL",
            })
    void aBaseUrlIsRefused(String given, String complaint) {
        Map<String, String> env = new HashMap<>();
        env.put(URL, given);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatorSettings.from(env, null))
                .withMessageStartingWith(URL)
                .withMessageContaining(complaint)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("pass-9f"));
    }

    @ParameterizedTest
    @CsvSource({"PT1S, PT1S", "PT5M, PT5M", "' PT10M ', PT10M", "pt1h, PT1H", "PT24H, PT24H", "P1D, PT24H"})
    void aPollIntervalIsTaken(String given, Duration taken) {
        assertThat(with("ARTIFACTS_POLL_INTERVAL", given).pollInterval()).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "20, 20", "' 7 ', 7", "1000, 1000"})
    void aBudgetIsTaken(String given, int taken) {
        assertThat(with("ARTIFACTS_REQUESTS_PER_SECOND", given).requestsPerSecond())
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ARTIFACTS_POLL_INTERVAL                | 5m            | must be an ISO-8601 duration such as PT5M",
                "ARTIFACTS_POLL_INTERVAL                | 300           | must be an ISO-8601 duration such as PT5M",
                "ARTIFACTS_POLL_INTERVAL                | PT0.5S        | must be from PT1S to PT24H",
                "ARTIFACTS_POLL_INTERVAL                | -PT5M         | must be from PT1S to PT24H",
                "ARTIFACTS_POLL_INTERVAL                | PT25H         | must be from PT1S to PT24H",
                "ARTIFACTS_REQUESTS_PER_SECOND          | 0             | must be a whole number from 1 to 1000",
                "ARTIFACTS_REQUESTS_PER_SECOND          | 1001          | must be a whole number from 1 to 1000",
                "ARTIFACTS_REQUESTS_PER_SECOND          | -3            | must be a whole number from 1 to 1000",
                "ARTIFACTS_REQUESTS_PER_SECOND          | many          | must be a whole number from 1 to 1000",
                "ARTIFACTS_REQUESTS_PER_SECOND          | 99999999999   | must be a whole number from 1 to 1000",
                "ARTIFACTS_MAX_CONCURRENT_RECONCILES    | 0             | must be a whole number from 1 to 1000",
                "ARTIFACTS_MAX_CONCURRENT_RECONCILES    | 2.5           | must be a whole number from 1 to 1000",
                "ARTIFACTS_SHARED_CONNECTION_NAMESPACES | team_a        | is no name of a namespace",
                "ARTIFACTS_SHARED_CONNECTION_NAMESPACES | 'a,b c'       | is no name of a namespace",
                "ARTIFACTS_SHARED_CONNECTION_NAMESPACES | team-*        | is no name of a namespace",
                "QUARKUS_OPERATOR_SDK_NAMESPACES        | Foo_Bar       | must be names of namespaces",
                "ARTIFACTS_TRACING_ENDPOINT             | collector:4318 | must be the URL of a collector's OTLP/HTTP port",
                "ARTIFACTS_TRACING_ENDPOINT             | grpc://a:4317  | must be the URL of a collector's OTLP/HTTP port",
                "ARTIFACTS_TRACING_ENDPOINT             | http://a?b=c   | must not contain a user name",
                "ARTIFACTS_TRACING_SAMPLE_RATIO         | 1.1            | must be a number from 0 to 1",
                "ARTIFACTS_TRACING_SAMPLE_RATIO         | 10%            | must be a number from 0 to 1",
                "ARTIFACTS_TRACING_SAMPLE_RATIO         | -0.1           | must be a number from 0 to 1",
                "ARTIFACTS_LOG_FORMAT                   | xml            | must be text or json",
                "ARTIFACTS_LOG_LEVEL                    | loud           | must be one of TRACE, DEBUG, INFO, WARN, ERROR",
                "ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS    | http://minio  | is neither a host name, nor an address",
                "ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS    | minio:9000    | is neither a host name, nor an address",
                "ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS    | 10.0.0.0/33   | is neither a host name, nor an address",
            })
    void aValueIsRefusedByNameWithTheWayOut(String variable, String value, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(variable, value))
                .withMessageStartingWith(variable)
                .withMessageContaining(complaint);
    }

    @Test
    void listsMayHaveSpacesAndAStar() {
        assertThat(with("ARTIFACTS_SHARED_CONNECTION_NAMESPACES", "team-a, team-b")
                        .sharedNamespaces()
                        .allows("team-b"))
                .isTrue();
        assertThat(with("ARTIFACTS_SHARED_CONNECTION_NAMESPACES", "*")
                        .sharedNamespaces()
                        .allows("any"))
                .isTrue();
        assertThat(with("ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS", "minio.storage.svc, 10.1.0.0/16, [fd00::1]")
                        .allowedEndpoints())
                .isNotNull();
    }

    @Test
    void filesAreTakenAsPathsAndNotReadYet() {
        assertThat(with("ARTIFACTS_CA_FILE", "/etc/tonbo/ca.pem").caFile()).isEqualTo(Path.of("/etc/tonbo/ca.pem"));
        assertThat(with("ARTIFACTS_TOKEN_FILE", "/etc/tonbo/token").tokenFile()).isEqualTo(Path.of("/etc/tonbo/token"));
    }

    @Test
    void thePodsNameAndNamespaceAreTaken() {
        assertThat(with("POD_NAMESPACE", "elsewhere").namespace()).isEqualTo("elsewhere");
        assertThat(with("POD_NAME", "operator-0").instance()).isEqualTo("operator-0");
    }

    @Test
    void waitingTimesAreScaledForAnOrchestratorOnThisMachineOnly() {
        assertThat(OperatorSettings.from(Map.of(URL, LOCAL), "0.05").timings().scale())
                .isEqualTo(0.05);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatorSettings.from(Map.of(URL, REMOTE), "0.05"))
                .withMessageContaining("artifacts.test.time-scale")
                .withMessageContaining("loopback");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatorSettings.from(Map.of(URL, "https://192.0.2.1"), "0.05"))
                .withMessageContaining("loopback");
    }

    @ParameterizedTest
    @CsvSource({"fast", "0", "-1", "NaN", "1001"})
    void aScaleThatIsNoneIsRefused(String scale) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatorSettings.from(Map.of(URL, LOCAL), scale))
                .withMessageContaining("artifacts.test.time-scale");
    }
}
