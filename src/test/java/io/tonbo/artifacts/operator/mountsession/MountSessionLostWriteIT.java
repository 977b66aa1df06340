package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.KubeCall;
import io.tonbo.artifacts.sandbox.redis.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A write to Kubernetes is committed and its reply is lost, or it is refused once: no session is opened or forgotten for it. */
class MountSessionLostWriteIT {
    private static final List<SessionLife> LIVES =
            List.of(SessionLife.ISSUE, SessionLife.REISSUE, SessionLife.RESTORATION, SessionLife.DELETION);

    private static SessionStage stage;
    private static InProcessOperator operator;
    private static int stories;

    private final String name = "write-" + ++stories;

    @BeforeAll
    static void start() {
        stage = new SessionStage("session-write");
        operator = stage.operator();
    }

    @AfterAll
    static void stop() {
        operator.close();
        stage.close();
    }

    static Stream<Arguments> writes() {
        return LIVES.stream().flatMap(life -> life.points().stream()
                .filter(point -> point.startsWith("kubernetes"))
                .map(point -> Arguments.of(life, point)));
    }

    static Stream<Arguments> refusals() {
        return writes().filter(write -> !write.get()[1].toString().endsWith(")"))
                .flatMap(write ->
                        Stream.of(403, 409, 500).map(status -> Arguments.of(write.get()[0], write.get()[1], status)));
    }

    private void endsWell(SessionLife life) {
        if (life == SessionLife.DELETION) {
            stage.sessions().untilGone(name);
        } else {
            stage.account().untilSettled(name);
            stage.account().staysAsItIs(name);
            assertThat(stage.account().opened()).hasSize(life.sessions());
            stage.sessions().delete(name);
            stage.sessions().untilGone(name);
        }
        assertThat(stage.account().opened()).hasSize(life.sessions());
        stage.account().assertNothingLeft(name);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("writes")
    void theReplyIsLost(SessionLife life, String point) {
        stage.begin();
        life.prepare(stage, name);
        stage.tap().trap(point, () -> Reply.DROP);

        life.bringAbout(stage, name);

        await().untilAsserted(() -> assertThat(stage.tap().sprung())
                .as("met in %s", stage.tap().points())
                .isTrue());
        endsWell(life);
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("refusals")
    void itIsRefused(SessionLife life, String point, int status) {
        stage.begin();
        life.prepare(stage, name);
        AtomicBoolean met = new AtomicBoolean();
        stage.kube().refuse(call -> isAt(point, call) && met.compareAndSet(false, true), status, 1);

        life.bringAbout(stage, name);

        await().untilTrue(met);
        endsWell(life);
    }

    private static boolean isAt(String point, KubeCall call) {
        String resource = call.subresource().isEmpty() ? call.resource() : call.resource() + "/" + call.subresource();
        return point.equalsIgnoreCase("kubernetes " + call.method() + " " + resource);
    }
}
