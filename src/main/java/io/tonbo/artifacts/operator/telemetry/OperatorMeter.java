package io.tonbo.artifacts.operator.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Every meter of the operator's own, and its labels: the one place where a meter gets its name. The table in
 * docs/operations.md says what each means. A label's values are a closed set, never a name, a namespace or what a server
 * said.
 */
public enum OperatorMeter {
    ORCHESTRATOR_REQUESTS(Type.TIMER, "Requests to the orchestrator", "operation", "outcome", "code"),
    ORCHESTRATOR_DEFERRED(Type.COUNTER, "Requests to the orchestrator that were put off", "why"),
    ORCHESTRATOR_BREAKER_OPEN(Type.GAUGE, "1 while requests are stopped, since the orchestrator is out"),
    TOKENS_REFUSED(Type.GAUGE, "Tokens that the orchestrator refuses"),
    TOKEN_BUDGET_AVAILABLE_RATIO(Type.GAUGE, "What is left of the budget of the token that has the least left, 0 to 1"),
    TOKEN_EXPIRY_SECONDS(Type.GAUGE, "Seconds until the first token expires, by its own account"),
    RECONCILE(Type.TIMER, "Reconciles", "kind", "outcome"),
    RECONCILE_ACTIVE(Type.GAUGE, "Objects that are being reconciled", "kind"),
    RECONCILE_QUEUE(Type.GAUGE, "Objects that wait for a worker", "kind"),
    OBJECTS(Type.GAUGE, "Objects that are watched", "kind", "state", "reason"),
    SESSION_EXPIRY_SECONDS(Type.GAUGE, "Seconds until the first published credential expires", "renewal"),
    SESSIONS_OPENED(Type.COUNTER, "Sessions opened", "reason"),
    SESSIONS_REVOKED(Type.COUNTER, "Sessions ended before their time"),
    SESSION_RENEWALS_BLOCKED(Type.COUNTER, "Failed attempts to renew while the credential still worked", "reason"),
    SESSIONS_RELEASED(Type.COUNTER, "MountSessions let go", "farewell"),
    WORKSPACES_RELEASED(Type.COUNTER, "Workspaces let go", "farewell"),
    LEADER(Type.GAUGE, "1 while this process is the one that works");

    /** What kind of meter it is. */
    public enum Type {
        /** Only ever grows. */
        COUNTER,
        /** What is so when it is asked. */
        GAUGE,
        /** Durations: how many, how long in all, how many up to each of a few bounds, and the longest of late. */
        TIMER
    }

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private final Type type;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final List<String> labels;

    OperatorMeter(Type type, String description, String... labels) {
        this.type = type;
        this.description = description;
        this.labels = List.of(labels);
    }

    private String id() {
        return "artifacts_" + name().toLowerCase(Locale.ROOT);
    }

    /**
     * @return the name under which Prometheus sees it; a timer has {@code _count}, {@code _sum}, {@code _bucket} and
     *     {@code _max} of it
     */
    public String prometheusName() {
        return switch (type) {
            case COUNTER -> id() + "_total";
            case TIMER -> id() + "_seconds";
            case GAUGE -> id();
        };
    }

    /**
     * @return what kind of meter it is
     */
    public Type type() {
        return type;
    }

    /**
     * @return the names of its labels
     */
    public List<String> labels() {
        return labels;
    }

    /**
     * @param meters where it counts
     * @param values a value for each label
     * @return the counter
     * @throws IllegalArgumentException if it is no counter, or has other labels
     */
    public Counter counter(MeterRegistry meters, String... values) {
        require(Type.COUNTER);
        return Counter.builder(id()).description(description).tags(tags(values)).register(meters);
    }

    /**
     * @param meters where it counts
     * @param values a value for each label
     * @return the timer
     * @throws IllegalArgumentException if it is no timer, or has other labels
     */
    public Timer timer(MeterRegistry meters, String... values) {
        require(Type.TIMER);
        return Timer.builder(id())
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .tags(tags(values))
                .register(meters);
    }

    /**
     * @param meters where it is shown
     * @param value asked at each look, must be quick; NaN when there is nothing to say
     * @param values a value for each label
     * @throws IllegalArgumentException if it is no gauge, or has other labels
     */
    public void gauge(MeterRegistry meters, Supplier<Number> value, String... values) {
        require(Type.GAUGE);
        Gauge.builder(id(), value).description(description).tags(tags(values)).register(meters);
    }

    private void require(Type wanted) {
        if (type != wanted) {
            throw new IllegalArgumentException(this + " is no " + wanted);
        }
    }

    private Tags tags(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(this + " has the labels " + labels);
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(labels.get(i), values[i]));
        }
        return Tags.of(tags);
    }
}
