package io.tonbo.artifacts.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.mountsession.SessionRows;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.workspace.ProblemRows;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No row of the catalogue is forgotten: each is provoked on a Workspace and on a MountSession, or it is said why not. */
class ProblemCoverageTest {
    private static final Pattern TEST = Pattern.compile("\\w+IT\\b");

    private static Set<ProblemType> byWorkspaces() {
        return ProblemRows.all().stream().map(row -> row.type()).collect(Collectors.toSet());
    }

    @Test
    void everyProblemOfAWorkspaceIsProvokedOrItIsSaidWhyNot() {
        assertCovers(byWorkspaces(), ProblemRows.withoutACase().keySet());
    }

    @Test
    void everyProblemOfAMountSessionIsProvokedOrItIsSaidWhyNot() {
        assertCovers(SessionRows.provoked(), SessionRows.withoutACase().keySet());
    }

    private static void assertCovers(Set<ProblemType> provoked, Set<ProblemType> excused) {
        assertThat(provoked).doesNotContainAnyElementsOf(excused);
        EnumSet<ProblemType> forgotten = EnumSet.allOf(ProblemType.class);
        forgotten.removeAll(provoked);
        forgotten.removeAll(excused);
        assertThat(forgotten).isEmpty();
    }

    @Test
    void togetherTheyProvokeAllButWhatAnotherTestDoesOrNobodyCan() {
        EnumSet<ProblemType> left = EnumSet.allOf(ProblemType.class);
        left.removeAll(byWorkspaces());
        left.removeAll(SessionRows.provoked());
        left.removeIf(type -> ofAnotherTest(type).findAny().isPresent());

        assertThat(left).containsExactly(ProblemType.OPERATOR_FAULT);
    }

    @Test
    void theOtherTestsExist() {
        Set<String> named = Stream.of(ProblemType.values())
                .flatMap(ProblemCoverageTest::ofAnotherTest)
                .collect(Collectors.toSet());

        assertThat(named).isNotEmpty().allSatisfy(test -> assertThat(
                        Stream.of("workspace.", "mountsession.").anyMatch(place -> exists(place + test)))
                .as(test)
                .isTrue());
    }

    private static Stream<String> ofAnotherTest(ProblemType type) {
        return Stream.of(ProblemRows.withoutACase(), SessionRows.withoutACase())
                .map((Map<ProblemType, String> reasons) -> reasons.getOrDefault(type, ""))
                .flatMap(reason -> TEST.matcher(reason).results())
                .map(MatchResult::group);
    }

    private static boolean exists(String test) {
        try {
            Class.forName(ProblemCoverageTest.class.getPackageName() + "." + test);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void everyCaseHasANameOfItsOwn() {
        assertThat(ProblemRows.all()).extracting(row -> row.name()).doesNotHaveDuplicates();
        assertThat(SessionRows.names()).doesNotHaveDuplicates();
    }

    @Test
    void everyCaseOfAWorkspaceEndsOrIsCounted() {
        assertThat(ProblemRows.all()).allSatisfy(row -> assertThat(row.heal() != null || row.attempts() != null)
                .isTrue());
    }
}
