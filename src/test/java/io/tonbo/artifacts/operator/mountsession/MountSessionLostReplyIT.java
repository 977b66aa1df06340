package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.redis.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A call of the orchestrator comes to nothing, or has its effect and its answer never arrives, or cannot be read. No session
 * is forgotten; only a server that honours no idempotency key, or kept no answer under it, may be left with those whose answers
 * were lost, until they end by themselves.
 */
class MountSessionLostReplyIT {
    /** Those that have an effect whose answer does not tell the session's id. */
    private static final Map<String, Fault> WITH_EFFECT = new TreeMap<>(Map.of(
            "the reply is lost", Fault.of(FaultKind.LOST_REPLY),
            "half of the reply is lost", Fault.of(FaultKind.TRUNCATED),
            "the reply is too large to be read", Fault.oversized(2 << 20),
            "the reply is an HTML page", Fault.html().afterEffect(),
            "500 after the effect", Fault.internalErrorAfterEffect(),
            "the access is said to have failed", Fault.of(FaultKind.ACL_FAILURE_AFTER_EFFECT),
            "504 after the effect", Fault.gateway(504).afterEffect()));

    /** Of these even a server that honours keys has kept no answer: it is repeated as if it were new. */
    private static final Set<String> NOT_KEPT = Set.of("500 after the effect", "the access is said to have failed");

    private static final Map<String, Fault> WITHOUT_EFFECT = new TreeMap<>(Map.of(
            "the request is lost", Fault.of(FaultKind.LOST_REQUEST),
            "500 without effect", Fault.code("internal_error"),
            "503", Fault.gateway(503),
            "429", Fault.rateLimited("0")));

    private static SessionStage stage;
    private static InProcessOperator operator;
    private static int stories;

    private final String name = "lost-" + ++stories;

    @BeforeAll
    static void start() {
        stage = new SessionStage("session-lost");
        operator = stage.operator();
    }

    @AfterAll
    static void stop() {
        operator.close();
        stage.close();
    }

    private static void inject(Operation operation, Fault fault) {
        stage.world().orchestrator().faults().on(operation).inject(fault);
    }

    private static void assertEveryFaultWasMet() {
        assertThat(stage.world().orchestrator().faults().active())
                .as("faults nobody met")
                .isEmpty();
    }

    private void isGoneWhenDeletedBut(int lost) {
        stage.sessions().delete(name);
        stage.sessions().untilGone(name);
        stage.account().assertNothingLeftBut(name, lost);
    }

    static Stream<Arguments> answers() {
        return Stream.of(true, false).flatMap(keys -> Stream.of(WITH_EFFECT, WITHOUT_EFFECT)
                .flatMap(faults -> faults.keySet().stream().map(fault -> Arguments.of(fault, keys))));
    }

    private static Fault fault(String words) {
        return WITH_EFFECT.getOrDefault(words, WITHOUT_EFFECT.get(words));
    }

    @ParameterizedTest(name = "{0}, keys honoured: {1}")
    @MethodSource("answers")
    void whatIsOpenedIsPublishedAndWhatIsReplacedIsRevoked(String words, boolean keys) {
        stage.begin();
        stage.world().orchestrator().behaviour().honoursIdempotencyKeys(keys);
        boolean kept = keys && !NOT_KEPT.contains(words);
        int lost = WITH_EFFECT.containsKey(words) && !kept ? 1 : 0;

        inject(Operation.OPEN_SESSION, fault(words));
        SessionLife.ISSUE.bringAbout(stage, name);
        String first = stage.account().untilSettledBut(name, lost).getStatus().getSessionId();
        inject(Operation.OPEN_SESSION, fault(words));
        if (!words.startsWith("the access")) {
            inject(Operation.CLOSE_SESSION, fault(words));
        }
        SessionLife.REISSUE.bringAbout(stage, name);
        stage.sessions().untilReplaced(name, first);
        stage.account().untilSettledBut(name, 2 * lost);
        stage.account().staysAsItIs(name);

        assertEveryFaultWasMet();
        assertThat(stage.account().opened()).hasSizeLessThanOrEqualTo(2 + 2 * lost);
        isGoneWhenDeletedBut(2 * lost);
    }

    static Stream<Fault> deafness() {
        return Stream.of(
                Fault.rateLimited("0"), Fault.code("unauthorized"), Fault.code("forbidden"), Fault.gateway(503));
    }

    @ParameterizedTest
    @MethodSource("deafness")
    void anAnswerThatSaysNothingOfTheLostRequestIsNotTakenForOne(Fault fault) {
        stage.begin();
        inject(Operation.OPEN_SESSION, Fault.of(FaultKind.LOST_REPLY));
        stage.world()
                .orchestrator()
                .faults()
                .on(Operation.OPEN_SESSION)
                .skipping(1)
                .inject(fault);

        SessionLife.ISSUE.bringAbout(stage, name);
        stage.account().untilSettled(name);

        assertEveryFaultWasMet();
        assertThat(stage.account().opened()).hasSize(1);
        isGoneWhenDeletedBut(0);
    }

    @Test
    void aSessionWhoseAnswerLacksWhatAMountNeedsIsRevokedByItsId() {
        stage.begin();
        inject(Operation.OPEN_SESSION, withoutUrl("ms_unusable"));
        SessionLife.ISSUE.bringAbout(stage, name);
        stage.account().untilSettled(name);

        assertThat(stage.world().orchestrator().calls().calls(Operation.CLOSE_SESSION))
                .anyMatch(call -> call.path().endsWith("/ms_unusable"));
        isGoneWhenDeletedBut(0);
    }

    private static Fault withoutUrl(String id) {
        return Fault.answer(
                201, "{\"session\":{\"id\":\"" + id + "\",\"mode\":\"rw\",\"expires_at\":\"2099-01-01T00:00:00Z\"}}");
    }

    @Test
    void aSessionIsDeletedBeforeTheLostReplyToItsRequestIsMadeUpFor() {
        stage.begin();
        // Until the deletion nothing is learnt.
        long rule = stage.world()
                .orchestrator()
                .faults()
                .on(Operation.OPEN_SESSION)
                .always()
                .inject(Fault.of(FaultKind.LOST_REPLY));
        SessionLife.ISSUE.bringAbout(stage, name);
        await().until(() -> stage.account().opened().size() == 1);

        stage.sessions().delete(name);
        stage.world().orchestrator().faults().clear(rule);
        stage.sessions().untilGone(name);

        assertThat(stage.account().opened()).hasSize(1);
        stage.account().assertNothingLeft(name);
    }

    @Test
    void aSessionIsDeletedWhileNobodyIsThereAfterItsReplyWasLost() {
        stage.begin();
        stage.tap().trap("orchestrator open_session", () -> Reply.FORWARD);
        stage.world()
                .orchestrator()
                .faults()
                .on(Operation.OPEN_SESSION)
                .always()
                .inject(Fault.of(FaultKind.LOST_REPLY));
        SessionLife.ISSUE.bringAbout(stage, name);
        await().until(() -> stage.account().opened().size() == 1);
        operator.close();
        stage.world().orchestrator().faults().clear();
        stage.sessions().delete(name);

        // The first answers that the next process gets say nothing.
        for (Fault fault : List.of(Fault.gateway(503), Fault.rateLimited("0"))) {
            inject(Operation.OPEN_SESSION, fault);
        }
        operator = stage.operator();
        stage.sessions().untilGone(name);

        assertEveryFaultWasMet();
        assertThat(stage.account().opened()).hasSize(1);
        stage.account().assertNothingLeft(name);
    }
}
