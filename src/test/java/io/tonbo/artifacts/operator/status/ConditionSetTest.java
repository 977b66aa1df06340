package io.tonbo.artifacts.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionSetTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = THEN.plusSeconds(60);

    private static ConditionSet empty() {
        return new ConditionSet(List.of(), 1, THEN);
    }

    @Test
    void theOrderIsTheSameHoweverTheyWereSet() {
        ConditionSet one = empty();
        one.set("Formatted", ConditionStatus.TRUE, "A", "");
        one.set("Stalled", ConditionStatus.TRUE, "A", "");
        one.set("Ready", ConditionStatus.FALSE, "A", "");
        ConditionSet other = empty();
        other.set("Ready", ConditionStatus.FALSE, "A", "");
        other.set("Formatted", ConditionStatus.TRUE, "A", "");
        other.set("Stalled", ConditionStatus.TRUE, "A", "");

        assertThat(one.list()).isEqualTo(other.list());
        assertThat(one.list()).extracting(Condition::getType).containsExactly("Ready", "Stalled", "Formatted");
    }

    @Test
    void aTransitionTimeMovesWithTheStatusOnly() {
        ConditionSet before = empty();
        before.set("Ready", ConditionStatus.FALSE, "A", "one");
        ConditionSet after = new ConditionSet(before.list(), 2, NOW);

        after.set("Ready", ConditionStatus.FALSE, "B", "two");
        assertThat(after.get("Ready").orElseThrow().getLastTransitionTime()).isEqualTo(THEN);
        assertThat(after.get("Ready").orElseThrow().getObservedGeneration()).isEqualTo(2);

        after.set("Ready", ConditionStatus.UNKNOWN, "B", "two");
        assertThat(after.get("Ready").orElseThrow().getLastTransitionTime()).isEqualTo(NOW);
    }

    @Test
    void onlyTrueIsTrue() {
        ConditionSet set = empty();
        assertThat(set.isTrue("Ready")).isFalse();
        set.set("Ready", ConditionStatus.UNKNOWN, "A", "");
        assertThat(set.isTrue("Ready")).isFalse();
        set.set("Ready", ConditionStatus.TRUE, "A", "");
        assertThat(set.isTrue("Ready")).isTrue();
    }

    @Test
    void confirmingMovesTheGenerationAndInventsNothing() {
        ConditionSet before = empty();
        before.set("Ready", ConditionStatus.TRUE, "A", "one");
        ConditionSet after = new ConditionSet(before.list(), 5, NOW);

        after.confirm("Ready");
        after.confirm("Formatted");

        assertThat(after.list()).singleElement().satisfies(ready -> {
            assertThat(ready.getObservedGeneration()).isEqualTo(5);
            assertThat(ready.getLastTransitionTime()).isEqualTo(THEN);
            assertThat(ready.getMessage()).isEqualTo("one");
        });
    }

    @Test
    void theListBeforeIsNotTouchedAndALongMessageIsCut() {
        ConditionSet before = empty();
        before.set("Ready", ConditionStatus.TRUE, "A", "one");
        List<Condition> kept = before.list();
        ConditionSet after = new ConditionSet(kept, 2, NOW);

        after.remove("Ready");
        after.set("Stalled", ConditionStatus.TRUE, "A", "x".repeat(40_000));

        assertThat(kept).extracting(Condition::getType).containsExactly("Ready");
        assertThat(after.list()).singleElement().satisfies(stalled -> assertThat(stalled.getMessage())
                .hasSize(2048));
    }
}
