package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.orchestrator.FormatGrant;
import io.tonbo.artifacts.operator.orchestrator.Sensitive;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkspaceMemoryTest {
    private final WorkspaceMemory memory = new WorkspaceMemory();

    private static Workspace version(String version) {
        Workspace workspace = Remotes.workspace("files");
        workspace.getMetadata().setResourceVersion(version);
        return workspace;
    }

    @Test
    void theNewerOfWhatWasSeenAndWhatWasWrittenIsWorkedOn() {
        Workspace seen = version("9");
        assertThat(memory.freshest(seen)).isSameAs(seen);

        Workspace written = version("10");
        memory.wrote(written);
        assertThat(memory.freshest(seen)).as("9 is before 10, as numbers are").isSameAs(written);

        Workspace caughtUp = version("10");
        assertThat(memory.freshest(caughtUp)).isSameAs(caughtUp);
        Workspace newer = version("11");
        assertThat(memory.freshest(newer)).isSameAs(newer);

        memory.forgetWritten();
        assertThat(memory.freshest(seen)).isSameAs(seen);
    }

    @Test
    void aVersionThatIsNoNumberIsNeverPreferred() {
        memory.wrote(version("x"));
        Workspace seen = version("1");

        assertThat(memory.freshest(seen)).isSameAs(seen);
    }

    @Test
    void aGrantServesTheWorkspaceItWasGivenFor() {
        FormatGrant grant = new FormatGrant(Sensitive.of("redis://u:p@127.0.0.1:1/0"), Remotes.CREATED);
        memory.keepGrant("id-1", grant);

        assertThat(memory.grantFor("id-1")).isSameAs(grant);
        assertThat(memory.grantFor("id-2")).isNull();
        memory.dropGrant();
        assertThat(memory.grantFor("id-1")).isNull();
    }

    @Test
    void anAttemptKeepsItsSaltUntilItIsAnswered() {
        String first = memory.attempt(Operation.CONFIRM);
        assertThat(memory.attempt(Operation.CONFIRM)).isEqualTo(first);
        assertThat(memory.attempt(Operation.FORMAT)).isNotEqualTo(first);
        memory.answered(Operation.CONFIRM);
        assertThat(memory.attempt(Operation.CONFIRM)).isNotEqualTo(first);
    }

    @Test
    void whatWasAnsweredIsAskedAgainUnderAnotherKey() {
        assertThat(memory.salt(Operation.RESERVE)).isNull();
        memory.answered(Operation.RESERVE);
        String salt = memory.salt(Operation.RESERVE);
        assertThat(salt).isNotNull();
        assertThat(memory.salt(Operation.RESERVE)).isEqualTo(salt);
        memory.answered(Operation.RESERVE);
        assertThat(memory.salt(Operation.RESERVE)).isNotEqualTo(salt);
    }

    @Test
    void aReserveIsARemoteWriteToo() {
        memory.reserveSent(Remotes.CREATED);

        assertThat(memory.lastRemoteWrite()).isEqualTo(Remotes.CREATED);
        assertThat(memory.reserveMayBeUnderWay(Duration.ofSeconds(20), Remotes.CREATED.plusSeconds(19)))
                .isTrue();
        assertThat(memory.reserveMayBeUnderWay(Duration.ofSeconds(20), Remotes.CREATED.plusSeconds(20)))
                .isFalse();
    }
}
