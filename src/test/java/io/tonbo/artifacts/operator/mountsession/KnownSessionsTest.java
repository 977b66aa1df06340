package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.PreviousSession;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Sessions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever was opened is known until it is revoked or has ended, wherever it was written down. */
class KnownSessionsTest {
    private static final Instant NOW = Served.ISSUED.plusSeconds(60);

    private final MountSessionStatus status = new MountSessionStatus();
    private final SessionMemory memory = new SessionMemory();
    private SessionRecord record;

    private KnownSessions known() {
        return KnownSessions.of(status, record, memory);
    }

    private void copied(String id) {
        status.setSessionId(id);
        status.setExpiresAt(Served.ENDS);
    }

    private void previously(String... ids) {
        status.setPreviousSessions(List.of(ids).stream()
                .map(id -> new PreviousSession(id, Served.ENDS.minusSeconds(100)))
                .toList());
    }

    @Test
    void nothingIsKnownOfANewOne() {
        assertThat(known().state(NOW)).isEqualTo(Sessions.NONE);
        assertThat(known().alive(NOW)).isEmpty();
        assertThat(known().published()).isNull();
    }

    @Test
    void allPlacesCountAndTheSecretSaysWhichIsPublished() {
        copied("of-status");
        previously("before");
        record = Served.record("of-secret");
        memory.hold(Served.granted("held"));
        memory.orphan("orphan", Served.ENDS);

        KnownSessions known = known();

        assertThat(known.alive(NOW)).containsOnlyKeys("of-status", "before", "of-secret", "held", "orphan");
        assertThat(known.published()).isEqualTo("of-secret");
        assertThat(known.state(NOW)).isEqualTo(Sessions.ALIVE);
    }

    @Test
    void withoutASecretStatusSaysWhichWasPublished() {
        copied("of-status");
        assertThat(known().published()).isEqualTo("of-status");
    }

    @Test
    void eachEndsByItself() {
        copied("current");
        previously("before");

        assertThat(known().alive(Served.ENDS.minusSeconds(100))).containsOnlyKeys("current");
        assertThat(known().state(Served.ENDS.minusMillis(1))).isEqualTo(Sessions.ALIVE);
        assertThat(known().state(Served.ENDS)).isEqualTo(Sessions.ENDED);
    }

    @Test
    void oneOfUnknownEndLivesUntilItIsRevoked() {
        status.setPreviousSessions(List.of(new PreviousSession("endless", null)));

        assertThat(known().alive(Instant.parse("9999-01-01T00:00:00Z"))).containsOnlyKeys("endless");
        memory.revoked("endless");
        assertThat(known().state(NOW)).isEqualTo(Sessions.ENDED);
    }

    @Test
    void whatIsRevokedIsOverWhereverItStillStands() {
        copied("current");
        record = Served.record("current", "leaked");
        memory.hold(Served.granted("held"));

        List.of("current", "leaked", "held").forEach(memory::revoked);

        assertThat(known().alive(NOW)).isEmpty();
        assertThat(known().toRevoke(NOW)).isEmpty();
        assertThat(known().state(NOW)).isEqualTo(Sessions.ENDED);
    }

    @Test
    void whatTheRecordCondemnsIsRevokedWhileStatusKnowsIt() {
        record = Served.record("current", "leaked");
        copied("current");
        previously("leaked");
        assertThat(known().toRevoke(NOW)).containsExactly("leaked");

        previously();
        assertThat(known().toRevoke(NOW))
                .as("revoked by a process before this one")
                .isEmpty();
    }

    @Test
    void aStatusThatIsStillTheOldOnesKnowsIt() {
        record = Served.record("current", "leaked");
        copied("leaked");
        assertThat(known().toRevoke(NOW)).containsExactly("leaked");
    }

    @Test
    void withTheWholeStatusLostTheRecordIsBelieved() {
        record = Served.record("current", "leaked");
        assertThat(known().toRevoke(NOW)).containsExactly("leaked");
        assertThat(known().alive(NOW)).containsEntry("leaked", Served.ENDS);
    }

    @Test
    void aRecordThatCondemnsItselfIsNotObeyed() {
        record = Served.record("current", "current");
        assertThat(known().toRevoke(NOW)).isEmpty();
    }

    @Test
    void whatWasOpenedForNothingIsRevoked() {
        memory.orphan("orphan", Served.ENDS);
        assertThat(known().toRevoke(NOW)).containsExactly("orphan");
        assertThat(known().toRevoke(Served.ENDS)).as("it has ended").isEmpty();
    }

    @Test
    void thoseBeforeAreTheOthersTheFirstToEndFirst() {
        record = Served.record("current");
        status.setPreviousSessions(List.of(
                new PreviousSession("late", Served.ENDS.minusSeconds(10)),
                new PreviousSession("b", Served.ENDS.minusSeconds(20)),
                new PreviousSession("a", Served.ENDS.minusSeconds(20)),
                new PreviousSession("over", NOW)));
        memory.hold(Served.granted("held"));

        assertThat(known().previous(NOW, "held"))
                .extracting(PreviousSession::getId)
                .containsExactly("a", "b", "late");
    }
}
