package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.mountsession.GrantedSession.Fitness;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session that was just opened is worth. */
class GrantedSessionTest {
    private static final Instant ASKED = Grants.ENDS.minusSeconds(3600);

    private static GrantedSession asked(Instant issuedAt) {
        return new GrantedSession(Grants.session(), issuedAt, 3600, IssueReason.DUE);
    }

    private static Fitness fitness(GrantedSession session, Instant now) {
        return session.fitness("vol-1", "{u_1_w_2}:", "uid", Duration.ZERO, now);
    }

    @Test
    void aFreshOneIsPublished() {
        assertThat(fitness(asked(ASKED), ASKED)).isEqualTo(Fitness.FIT);
    }

    @ParameterizedTest(name = "recorded {0} {1}")
    @CsvSource(
            nullValues = "none",
            value = {"vol-2, {u_1_w_2}:", "none, {u_1_w_2}:", "vol-1, {u_1_w_3}:", "vol-1, ''", "vol-1, none"})
    void oneOfAnotherWorkspaceIsNot(String volume, String prefix) {
        Fitness fitness = asked(ASKED).fitness(volume, prefix, "uid", Duration.ZERO, ASKED);
        assertThat(fitness).isEqualTo(Fitness.OTHER_WORKSPACE);
        assertThat(fitness.problem()).isEqualTo(ProblemType.WORKSPACE_REPLACED);
    }

    @Test
    void anAbsentPrefixEqualsAnEmptyOne() {
        GrantedSession session =
                new GrantedSession(Grants.session("rw", "redis://h", null), ASKED, 3600, IssueReason.FIRST);
        assertThat(session.fitness("vol-1", "", "uid", Duration.ZERO, ASKED)).isEqualTo(Fitness.FIT);
    }

    @Test
    void oneThatIsTooShortIsAFault() {
        Fitness fitness = fitness(asked(Grants.ENDS.minusSeconds(57)), Grants.ENDS.minusSeconds(57));
        assertThat(fitness).isEqualTo(Fitness.TOO_SHORT);
        assertThat(fitness.problem()).isEqualTo(ProblemType.SESSION_TOO_SHORT);
        assertThat(fitness(asked(Grants.ENDS.minusSeconds(60)), Grants.ENDS.minusSeconds(60)))
                .isEqualTo(Fitness.FIT);
    }

    @Test
    void oneThatWasHeldForTooLongIsReplaced() {
        Fitness fitness = fitness(asked(ASKED), Grants.ENDS.minusSeconds(600));
        assertThat(fitness).isEqualTo(Fitness.STALE);
        assertThat(fitness.problem()).isNull();
    }

    @Test
    void clocksThatDifferMakeNoSessionShort() {
        Duration ahead = Duration.ofMinutes(10);
        GrantedSession session = new GrantedSession(Grants.session(), ASKED, 3600, IssueReason.DUE);
        Instant here = ASKED.minus(ahead);
        assertThat(session.fitness("vol-1", "{u_1_w_2}:", "uid", ahead, here)).isEqualTo(Fitness.FIT);
    }

    @Test
    void itsRecordIsThatOfWhatIsPublished() {
        PublishedCredential credential =
                Grants.published(Grants.session(), Grants.tigris(), Grants.KEYS, SessionMode.READ_WRITE);
        SessionRecord record =
                asked(ASKED).record("uid", "ws_1", credential, "now", List.of("ms_0"), ASKED.plusMillis(1500));
        assertThat(record.describes(credential.data())).isTrue();
        assertThat(record)
                .isEqualTo(new SessionRecord(
                        "ms_1",
                        ASKED,
                        Grants.ENDS,
                        "uid",
                        SessionRecord.hash(credential.data()),
                        "ws_1",
                        3600,
                        "now",
                        List.of("ms_0"),
                        ASKED.truncatedTo(ChronoUnit.SECONDS).plusSeconds(2),
                        0,
                        "",
                        ""));
    }

    @Test
    void showsNoCredential() {
        assertThat(asked(ASKED).toString()).doesNotContain("PASS-SECRET");
    }
}
