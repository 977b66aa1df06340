package io.tonbo.artifacts.operator.status;

import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.READY;
import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.RECONCILING;
import static io.tonbo.artifacts.operator.api.v1alpha1.ConditionType.STALLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kstatus reads holds on every path: seeded random walks over outcomes, times and edits, with every problem there is. */
class StatusWalkTest {
    private static final int STEPS = 3000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theRulesHoldOnEveryPath(long seed) {
        Random random = new Random(seed);
        StatusStory story = new StatusStory();
        int stalled = 0;
        for (int step = 0; step < STEPS; step++) {
            StatusReport.Before before = story.status();
            boolean unchanged = step(story, random);
            check(before, story, "seed " + seed + ", step " + step, unchanged);
            stalled += story.condition(STALLED).isPresent() ? 1 : 0;
        }
        assertThat(stalled).as("a walk that never stalls proves little").isGreaterThan(100);
    }

    private static boolean step(StatusStory story, Random random) {
        story.after(Duration.ofMillis(random.nextInt(90_000))).fact(random.nextBoolean());
        if (random.nextInt(6) == 0) {
            story.edited();
        }
        ProblemType[] types = ProblemType.values();
        switch (random.nextInt(8)) {
            case 0 -> story.done();
            case 1 -> story.progressing();
            case 2 -> story.suspended();
            case 3 -> {
                story.unchanged();
                return true;
            }
            default -> story.failed(Problem.of(types[random.nextInt(types.length)]), random.nextBoolean());
        }
        return false;
    }

    private static void check(StatusReport.Before before, StatusStory story, String where, boolean unchanged) {
        List<Condition> conditions = story.status().conditions();
        assertThat(conditions).as(where).extracting(Condition::getType).doesNotHaveDuplicates();
        assertThat(story.condition(RECONCILING).isPresent()
                        && story.condition(STALLED).isPresent())
                .as(where)
                .isFalse();
        for (Condition condition : conditions) {
            if (!condition.getType().equals(READY) && !condition.getType().equals(StatusStory.FORMATTED)) {
                assertThat(condition.getStatus()).as(where).isEqualTo(ConditionStatus.TRUE);
            }
            movesOnlyWithTheStatus(before, condition, where);
        }
        if (story.condition(STALLED).isPresent()) {
            assertThat(story.condition(READY).orElseThrow().getStatus())
                    .as(where)
                    .isEqualTo(ConditionStatus.FALSE);
        }
        if (unchanged) {
            assertThat(story.status()).as(where).isEqualTo(before);
        } else {
            assertThat(story.status().observedGeneration()).as(where).isEqualTo(story.generation());
        }
    }

    private static void movesOnlyWithTheStatus(StatusReport.Before before, Condition now, String where) {
        before.conditions().stream()
                .filter(was -> was.getType().equals(now.getType()))
                .filter(was -> was.getStatus() == now.getStatus())
                .forEach(was ->
                        assertThat(now.getLastTransitionTime()).as(where).isEqualTo(was.getLastTransitionTime()));
    }
}
