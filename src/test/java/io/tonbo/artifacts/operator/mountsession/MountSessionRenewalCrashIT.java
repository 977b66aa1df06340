package io.tonbo.artifacts.operator.mountsession;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packaged operator is killed (SIGKILL) at every point of a renewal, a reissue, a restoration and a rotation of the
 * bucket's keys, and started again: it opens nothing anew, and what is replaced for a cause is revoked.
 */
class MountSessionRenewalCrashIT {
    private static SessionCrashes crashes;
    private static int stories;

    @BeforeAll
    static void start() {
        crashes = new SessionCrashes("renewal-crash");
    }

    @AfterAll
    static void stop() {
        crashes.close();
    }

    static Stream<Arguments> points() {
        return Stream.of(SessionLife.RENEWAL, SessionLife.REISSUE, SessionLife.RESTORATION, SessionLife.ROTATION)
                .flatMap(life -> life.points().stream().map(point -> Arguments.of(life, point)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("points")
    void killedItFinishesWhatItBeganAndOpensNothingAnew(SessionLife life, String point) {
        crashes.isSurvived(life, point, "crash-" + ++stories);
    }
}
