package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.problem.Severity;
import io.tonbo.artifacts.operator.problem.Source;
import io.tonbo.artifacts.operator.problem.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What the operator must say of one row of the catalogue, whatever object met it.
 *
 * @param world where it was met
 * @param row what was met
 */
public record ProblemOracle(World world, ProblemRow<?> row) {
    /** What takes longer to escalate than this is not waited for. */
    private static final Duration LONGEST_ESCALATION = Duration.ofMinutes(10);

    ErrorRow catalogue() {
        return row.row();
    }

    /** The condition that is to stand beside Ready=False in the end; null for none. */
    String beside() {
        return switch (catalogue().standing()) {
            case STALLED, GRACE -> "Stalled";
            case RECONCILING -> "Reconciling";
            case NEITHER -> null;
        };
    }

    private Severity severity() {
        boolean escalates = catalogue().escalation() != null
                && (catalogue().escalation().after() == null
                        || catalogue().escalation().after().compareTo(LONGEST_ESCALATION) <= 0);
        return escalates ? Severity.ERROR : catalogue().severity();
    }

    /** Whether it is what the object's status says, as serious as it gets. */
    public boolean isReported(CustomResource<?, ?> object) {
        LastError error = Kstatus.lastError(object);
        return error != null
                && error.getReason().equals(catalogue().reason())
                && row.hasCode(error.getCode())
                && error.getSeverity().equals(severity().text());
    }

    /** The same in words. */
    public String described() {
        return "reporting " + catalogue().reason() + ", " + row.code() + ", " + severity();
    }

    /** {@code lastError} is complete: a way out without blanks, and an id that the orchestrator knows. */
    public void assertComplete(LastError error) {
        // While calls are stopped for everybody, there is no answer to speak of.
        if (row.type() != ProblemType.ORCHESTRATOR_UNREACHABLE) {
            assertThat(error.getHttpStatus()).as("httpStatus").isEqualTo(row.httpStatus());
        }
        assertThat(error.getMessage()).contains(row.message()).isNotBlank();
        assertThat(error.getHint())
                .isNotBlank()
                .doesNotContainPattern("\\{[a-zA-Z]+}")
                .doesNotContain("null");
        assertThat(error.getFirstSeen()).isNotNull();
        // Behind the closed gate of a refused token no request is made, so there may be no id to tell.
        boolean hasId = catalogue().source() == Source.ORCHESTRATOR && row.type() != ProblemType.UNAUTHORIZED;
        if (row.httpStatus() != null && hasId) {
            assertThat(error.getRequestId())
                    .as("the id of a request to this orchestrator")
                    .isNotBlank();
            assertThat(world.orchestrator().calls().calls())
                    .anyMatch(call -> call.requestId().equals(error.getRequestId()));
        }
    }

    /** A condition tells the same, and nothing but what is to follow after it. */
    public void assertSays(Condition condition, LastError error, String remark) {
        assertThat(condition.getReason()).isEqualTo(catalogue().reason());
        assertThat(condition.getMessage())
                .isEqualTo(error.getHint() + " See " + catalogue().reference() + "." + remark);
    }

    /** There is a Warning event for that very object. */
    public void assertAnnounced(CustomResource<?, ?> object, Supplier<List<Event>> events) {
        String uid = object.getMetadata().getUid();
        await().atMost(ProblemPlay.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(events.get())
                        .as("a Warning event %s", catalogue().reason())
                        .anySatisfy(event -> {
                            assertThat(event.getReason()).isEqualTo(catalogue().reason());
                            assertThat(event.getType()).isEqualTo("Warning");
                            assertThat(event.getRegarding().getUid()).isEqualTo(uid);
                            assertThat(event.getNote()).contains(catalogue().reference());
                        }));
    }

    /**
     * While it lasts, an error does not turn back into a warning: each turn would be a write and an event.
     *
     * @param versions all that a watch showed while it lasted, oldest first
     */
    public void assertNeverLessSerious(List<? extends CustomResource<?, ?>> versions) {
        String worst = null;
        for (CustomResource<?, ?> version : versions) {
            LastError error = Kstatus.lastError(version);
            boolean same = error != null
                    && error.getReason().equals(catalogue().reason())
                    && Objects.equals(row.code(), error.getCode());
            if (same) {
                assertThat(Severity.ERROR.text().equals(worst)
                                && !error.getSeverity().equals(worst))
                        .as("an error became a warning again: %s", error)
                        .isFalse();
                worst = error.getSeverity();
            }
        }
    }

    boolean isOfGrace() {
        return catalogue().standing() == Standing.GRACE;
    }
}
