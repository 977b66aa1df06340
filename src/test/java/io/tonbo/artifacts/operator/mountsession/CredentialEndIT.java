package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.ProblemOracle;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.operator.testing.ProblemRun;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The end of a published credential: until its last second Ready is True, whatever is in the way of the next one. */
class CredentialEndIT {
    /** What is left of the credentials when the orchestrator's clock is set. */
    private static final Duration LEFT = Duration.ofSeconds(8);

    private static ProblemStage stage;

    @BeforeAll
    static void start() {
        stage = new ProblemStage("credential-end", 0.2, Map.of());
    }

    @AfterAll
    static void stop() {
        stage.world().orchestrator().behaviour().clockOffset(Duration.ZERO);
        stage.close();
    }

    private static SessionPlay published(String name) {
        SessionPlay play = new SessionPlay(stage, name);
        play.prepare();
        play.activeWorkspace();
        play.apply();
        play.untilReady();
        return play;
    }

    private static ProblemOracle oracle(String name, ProblemType type, String code, Integer status) {
        return new ProblemOracle(
                stage.world(), ProblemRow.<SessionPlay>of(name, type).answered(code, status));
    }

    private static MountSession until(SessionPlay play, ProblemOracle oracle, boolean ready) {
        return play.history()
                .await(
                        play.name(),
                        session -> oracle.isReported(session) && Kstatus.isTrue(session, "Ready") == ready,
                        oracle.described() + " with Ready " + ready,
                        ProblemPlay.PATIENCE);
    }

    @Test
    void readyIsTrueUntilTheCredentialsLastSecondAndThenTellsWhatIsInTheWay() {
        SessionPlay refused = published("refused");
        SessionPlay failing = published("failing");
        SessionPlay suspended = published("suspended");
        SessionPlay unhindered = published("unhindered");
        Stream.of(refused, failing, suspended, unhindered).forEach(SessionPlay::untilReady);
        refused.workspace().fault(Operation.OPEN_SESSION, Fault.code("forbidden"));
        failing.workspace().fault(Operation.OPEN_SESSION, Fault.code("internal_error"));
        ProblemOracle forbidden = oracle("refused", ProblemType.FORBIDDEN, "forbidden", 403);
        ProblemOracle internal = oracle("failing", ProblemType.INTERNAL_ERROR, "internal_error", 500);
        ProblemOracle resting = oracle("suspended", ProblemType.SUSPENDED, "suspended", null);
        refused.lowerTtl();
        failing.lowerTtl();
        suspended.scene().edit("suspended", spec -> spec.setSuspend(true));
        until(refused, forbidden, true);
        until(failing, internal, true);

        Instant end = almostAtTheEndOf(refused);
        Stream.of(refused, failing, suspended, unhindered).forEach(SessionPlay::askToLook);

        assertEnded(until(refused, forbidden, false), forbidden, "Stalled", end);
        assertEnded(until(failing, internal, false), internal, "Reconciling", end);
        assertEnded(until(suspended, resting, false), resting, null, end);
        assertThat(unhindered.history().of("unhindered"))
                .filteredOn(session ->
                        session.getStatus() != null && session.getStatus().getSessionId() != null)
                .as("it was renewed in time")
                .allSatisfy(
                        session -> assertThat(Kstatus.isTrue(session, "Ready")).isTrue())
                .extracting(session -> session.getStatus().getSessionId())
                .contains(unhindered.untilReady().getStatus().getSessionId());

        Map<SessionPlay, String> ended = new HashMap<>();
        Stream.of(refused, failing, suspended)
                .forEach(play -> ended.put(play, session(play).getStatus().getSessionId()));
        Stream.of(refused, failing).forEach(play -> play.workspace().noFaults());
        suspended.scene().edit("suspended", spec -> spec.setSuspend(false));
        ended.forEach((play, old) -> {
            play.askToLook();
            assertThat(play.untilReplaced(old).getStatus().getPreviousSessions())
                    .isEmpty();
            play.history().of(play.name()).forEach(Kstatus::assertHolds);
        });
    }

    /** The orchestrator's clock jumps, and with every answer the operator learns of it. */
    private static Instant almostAtTheEndOf(SessionPlay play) {
        Instant end = session(play).getStatus().getExpiresAt();
        Instant now = Instant.now();
        stage.world()
                .orchestrator()
                .behaviour()
                .clockOffset(Duration.between(now, end).minus(LEFT));
        long before = play.workspace().calls(Operation.OPEN_SESSION);
        play.askToLook();
        await().until(() -> play.workspace().calls(Operation.OPEN_SESSION) > before);
        return now.plus(LEFT);
    }

    private static MountSession session(SessionPlay play) {
        List<MountSession> all = play.history().of(play.name());
        return all.get(all.size() - 1);
    }

    private static void assertEnded(MountSession ended, ProblemOracle oracle, String beside, Instant end) {
        Condition ready = Kstatus.condition(ended, "Ready").orElseThrow();
        oracle.assertComplete(ended.getStatus().getLastError());
        oracle.assertSays(ready, ended.getStatus().getLastError(), "");
        for (String type : List.of("Stalled", "Reconciling")) {
            assertThat(Kstatus.isTrue(ended, type)).as(type).isEqualTo(type.equals(beside));
        }
        // A session ends with a whole second of a clock that is told in whole seconds.
        assertThat(ready.getLastTransitionTime()).isBetween(end.minusSeconds(2), end.plusSeconds(5));
    }

    @Test
    void aSecretThatIsDeletedAgainAtOnceIsRestoredALittleLater() {
        ProblemRow<SessionPlay> row = ProblemRow.<SessionPlay>of("deleted-again", ProblemType.SECRET_RESTORED)
                .by(play -> {
                    play.activeWorkspace();
                    play.apply();
                    String first = play.untilReady().getStatus().getSessionId();
                    play.scene().secret("deleted-again").delete();
                    play.askToLook();
                    play.untilReplaced(first);
                    play.scene().secret("deleted-again").delete();
                    play.askToLook();
                })
                .healedBy(play -> {});

        new ProblemRun<>(stage.world(), row, new SessionPlay(stage, "deleted-again")).play();
    }
}
