package io.tonbo.artifacts.operator.runtime;

import io.tonbo.artifacts.operator.connection.SharedConnectionNamespaces;
import io.tonbo.artifacts.operator.juicefs.AllowedEndpoints;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorAddress;
import io.tonbo.artifacts.operator.status.Timings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;

/**
 * The operator's settings, as its environment gives them.
 *
 * @param orchestrator base URL of the orchestrator
 * @param caFile extra CA bundle (PEM), or null
 * @param tokenFile token of the shared connection, or null
 * @param sharedNamespaces namespaces that may use the shared connection
 * @param allowedEndpoints endpoints of object storage allowed though they are not public
 * @param pollInterval how often the remote list is read, 1 s to 24 h
 * @param requestsPerSecond budget of a token, 1 to 1000
 * @param namespace the namespace that the operator runs in
 * @param instance the name of this process, such as the Pod's
 * @param lease name of the Lease, in the operator's own namespace, by which one of several replicas is elected; null if
 *     there is no election
 * @param shutdownGrace how long a shutdown waits for reconciles under way, 0 s to 10 min
 * @param timings the waiting times
 * @param tracing where traces go
 * @param log how it logs
 */
public record OperatorSettings(
        OrchestratorAddress orchestrator,
        Path caFile,
        Path tokenFile,
        SharedConnectionNamespaces sharedNamespaces,
        AllowedEndpoints allowedEndpoints,
        Duration pollInterval,
        int requestsPerSecond,
        String namespace,
        String instance,
        String lease,
        Duration shutdownGrace,
        Timings timings,
        TracingSettings tracing,
        LogSettings log) {
    /** The system property that scales every waiting time; for tests and the sandbox. */
    public static final String TIME_SCALE = "artifacts.test.time-scale";

    private static final String URL = "ARTIFACTS_ORCHESTRATOR_URL";
    private static final String LEASE = "ARTIFACTS_LEADER_ELECTION_LEASE";
    private static final String GRACE = "ARTIFACTS_SHUTDOWN_GRACE";
    private static final String POLL = "ARTIFACTS_POLL_INTERVAL";
    private static final String RATE = "ARTIFACTS_REQUESTS_PER_SECOND";
    private static final String ENDPOINTS = "ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS";

    private static final String NAMESPACES = "QUARKUS_OPERATOR_SDK_NAMESPACES";

    /** Read by the framework itself; checked here, so that a mistake is said as clearly as the others. */
    private static final String WORKERS = "ARTIFACTS_MAX_CONCURRENT_RECONCILES";

    /**
     * @param env the environment's variables
     * @param timeScale the value of {@value #TIME_SCALE}, or null
     * @return the settings
     * @throws IllegalArgumentException naming the variable and what it should be
     */
    public static OperatorSettings from(Map<String, String> env, String timeScale) {
        String url = text(env, URL);
        if (url == null) {
            throw new IllegalArgumentException(URL
                    + " is not set: give the base URL of the orchestrator, such as https://orchestrator.example.com");
        }
        OrchestratorAddress orchestrator = OrchestratorAddress.parse(url);
        count(env, WORKERS, 50);
        checkNames(NAMESPACES, text(env, NAMESPACES));
        return new OperatorSettings(
                orchestrator,
                path(env, "ARTIFACTS_CA_FILE"),
                path(env, "ARTIFACTS_TOKEN_FILE"),
                SharedConnectionNamespaces.parse(text(env, "ARTIFACTS_SHARED_CONNECTION_NAMESPACES")),
                allowedEndpoints(text(env, ENDPOINTS)),
                duration(env, POLL, Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofDays(1)),
                count(env, RATE, 20),
                orElse(text(env, "POD_NAMESPACE"), "artifacts-system"),
                orElse(text(env, "POD_NAME"), "artifacts-operator"),
                lease(text(env, LEASE)),
                duration(env, GRACE, Duration.ofSeconds(45), Duration.ZERO, Duration.ofMinutes(10)),
                timings(timeScale, orchestrator),
                TracingSettings.from(env),
                LogSettings.from(env));
    }

    private static void checkNames(String variable, String list) {
        for (String name : list == null ? new String[0] : list.split(",", -1)) {
            if (!name.strip().matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
                throw new IllegalArgumentException(
                        variable + " must be names of namespaces, separated by commas, not " + list);
            }
        }
    }

    private static String text(Map<String, String> env, String name) {
        String value = env.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static String orElse(String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static Path path(Map<String, String> env, String name) {
        String value = text(env, name);
        return value == null ? null : Path.of(value);
    }

    private static AllowedEndpoints allowedEndpoints(String list) {
        try {
            return AllowedEndpoints.parse(list);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ENDPOINTS + ": " + e.getMessage(), e);
        }
    }

    private static Duration duration(
            Map<String, String> env, String variable, Duration otherwise, Duration shortest, Duration longest) {
        String text = text(env, variable);
        Duration duration;
        try {
            duration = text == null ? otherwise : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    variable + " must be an ISO-8601 duration such as " + otherwise + ", not " + text, e);
        }
        if (duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    variable + " must be from " + shortest + " to " + longest + ", not " + text);
        }
        return duration;
    }

    private static String lease(String name) {
        if (name != null && (name.length() > 253 || !name.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?"))) {
            throw new IllegalArgumentException(LEASE + " must be the name of a Lease, not " + name);
        }
        return name;
    }

    private static int count(Map<String, String> env, String variable, int otherwise) {
        String text = text(env, variable);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 1000) {
            throw new IllegalArgumentException(variable + " must be a whole number from 1 to 1000, not " + text);
        }
        return Integer.parseInt(text);
    }

    /** Waiting less than documented is for an orchestrator on the same machine only. */
    private static Timings timings(String timeScale, OrchestratorAddress orchestrator) {
        if (timeScale == null || timeScale.isBlank()) {
            return Timings.PRODUCTION;
        }
        if (!isLoopback(orchestrator.base().getHost())) {
            throw new IllegalArgumentException(TIME_SCALE + " is for tests and the sandbox: it is refused unless " + URL
                    + " is on the loopback address");
        }
        try {
            return new Timings(Double.parseDouble(timeScale));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(TIME_SCALE + " must be a number, not " + timeScale, e);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
