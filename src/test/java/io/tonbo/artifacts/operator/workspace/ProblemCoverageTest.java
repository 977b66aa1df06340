package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No row of the catalogue is forgotten: each is provoked on a Workspace, or it is said why not. */
class ProblemCoverageTest {
    @Test
    void everyProblemIsProvokedOrItIsSaidWhyNot() {
        Set<ProblemType> provoked =
                ProblemRows.all().stream().map(ProblemRow::type).collect(Collectors.toSet());
        Set<ProblemType> excused = ProblemRows.withoutACase().keySet();

        assertThat(provoked).doesNotContainAnyElementsOf(excused);
        EnumSet<ProblemType> forgotten = EnumSet.allOf(ProblemType.class);
        forgotten.removeAll(provoked);
        forgotten.removeAll(excused);
        assertThat(forgotten).isEmpty();
    }

    @Test
    void everyCaseHasANameOfItsOwn() {
        assertThat(ProblemRows.all()).extracting(ProblemRow::name).doesNotHaveDuplicates();
    }

    @Test
    void everyCaseEndsOrIsCounted() {
        assertThat(ProblemRows.all()).allSatisfy(row -> assertThat(row.heal() != null || row.attempts() != null)
                .isTrue());
    }
}
