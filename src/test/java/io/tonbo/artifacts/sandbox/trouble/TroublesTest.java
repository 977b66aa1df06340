package io.tonbo.artifacts.sandbox.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of troubles against the error catalogue. */
class TroublesTest {
    private static final String SENTENCE = "[A-Zs][^{}\"`]*[a-z0-9)]\\.";

    private final List<Trouble> all = Troubles.all();

    @Test
    void everyRowOfTheCatalogueCanBeProvokedOrItIsSaidWhyNot() {
        List<ProblemType> provokable = all.stream().map(Trouble::type).toList();
        Set<ProblemType> others = Troubles.notProvokable().keySet();

        assertThat(provokable).isSorted().doesNotHaveDuplicates().doesNotContainAnyElementsOf(others);
        assertThat(provokable.size() + others.size()).isEqualTo(ProblemType.values().length);
    }

    @Test
    void theReasonsAreSentences() {
        assertThat(Troubles.notProvokable().values())
                .allSatisfy(reason -> assertThat(reason).matches(SENTENCE));
    }

    @Test
    void eachTellsWhatIsDoneAndWhatEndsIt() {
        assertThat(all).allSatisfy(trouble -> {
            assertThat(trouble.cause()).matches(SENTENCE);
            assertThat(trouble.remedy()).matches(SENTENCE);
        });
    }

    @Test
    void anIdIsAWorkspacesNameAndLeavesRoomForASuffix() {
        assertThat(all).extracting(Trouble::id).allSatisfy(id -> assertThat(id).matches("[a-z][a-z-]{1,37}"));
    }

    @Test
    void manyEndByTheCommandsOfTheirHint() {
        assertThat(all)
                .filteredOn(trouble -> trouble.wayOut() == Remedy.FOLLOW_THE_HINT)
                .allSatisfy(trouble -> assertThat(trouble.row().hint()).contains("`"))
                .hasSizeGreaterThan(all.size() / 2);
    }

    @Test
    void atFirstNothingIsThereAndNothingIsToBeEnded() {
        try (TroubleDesk desk = new TroubleDesk(new SandboxParts(null, false, "default", null, null, null))) {
            assertThat(desk.troubles()).isEqualTo(all);
            desk.mend("forbidden");
            desk.clear("forbidden");
            assertThat(desk.states()).hasSameSizeAs(all).containsEntry("forbidden", State.IDLE);
            assertThat(desk.states().values()).containsOnly(State.IDLE);
            assertThat(desk.error("forbidden")).isEmpty();
            assertThatThrownBy(() -> desk.provoke("no-such-trouble"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no trouble no-such-trouble");
        }
    }

    @Test
    void onAMockTheDeskSaysAtOnceWhatItCannotDo() {
        try (TroubleDesk desk = new TroubleDesk(new SandboxParts(null, false, "default", null, null, null))) {
            String told = "needs the real Kubernetes: -Dsandbox.kubernetes=real";
            assertThat(desk.obstacle("secret-not-writable")).contains(told);
            assertThat(desk.obstacle("forbidden")).isEmpty();
            desk.provoke("secret-not-writable");
            assertThat(desk.error("secret-not-writable")).contains(told);
            assertThat(desk.states()).containsEntry("secret-not-writable", State.IDLE);
        }
        try (TroubleDesk desk = new TroubleDesk(new SandboxParts(null, true, "default", null, null, null))) {
            assertThat(desk.obstacle("secret-not-writable")).isEmpty();
        }
    }
}
