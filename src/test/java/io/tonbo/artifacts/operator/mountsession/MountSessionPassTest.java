package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.*;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Drift;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Held;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Passes as the shell makes them: decide, act, decide again. Acts succeed or fail at random; whatever happens, a pass comes to
 * rest, and opens at most two sessions: a second one only when the first was stale.
 */
class MountSessionPassTest {
    private static final int PASSES = 200_000;
    private static final int MOST_STEPS = 12;

    private final SplittableRandom random = new SplittableRandom(20_261_124);
    private boolean metStale;
    private int opened;
    private int published;

    @Test
    void everyPassComesToRest() {
        for (int i = 0; i < PASSES; i++) {
            MountSessionObservation start = RandomSituation.draw(random);
            MountSessionObservation seen = start;
            metStale = false;
            opened = 0;
            published = 0;
            int steps = 0;
            MountSessionDecision decision = MountSessionTable.decide(seen);
            while (!rests(decision.action())) {
                seen = after(decision.action(), seen);
                decision = MountSessionTable.decide(seen);
                assertThat(++steps).as("%s", start).isLessThan(MOST_STEPS);
            }
            assertThat(opened).as("%s", start).isLessThanOrEqualTo(metStale ? 2 : 1);
            assertThat(published).as("%s", start).isLessThanOrEqualTo(2);
        }
    }

    private static boolean rests(Action action) {
        return action instanceof Release
                || action instanceof Fail
                || action instanceof WaitToRestore
                || action instanceof StandBy
                || action instanceof StayReady;
    }

    private MountSessionObservation after(Action action, MountSessionObservation seen) {
        Situations next = Situations.like(seen);
        if (action instanceof Issue) {
            opened++;
            return opened(next.answered()).build();
        }
        if (action instanceof PublishFromMemory) {
            return published(next).build();
        }
        if (action instanceof Revoke revoke) {
            return revoked(next, revoke.which()).build();
        }
        if (action instanceof RewriteSecret rewrite) {
            next.drift(Drift.NONE);
            return (rewrite.restart() ? next.restartsPending() : next).build();
        }
        return (action instanceof DeleteSecret ? next.target(Target.ABSENT) : next.restarted()).build();
    }

    private Situations opened(Situations next) {
        return switch (random.nextInt(4)) {
            case 0 -> next.remote(ProblemType.ORCHESTRATOR_UNREACHABLE);
            case 1 -> next.inMemory(Held.UNFIT);
            default -> next.inMemory(Held.FIT);
        };
    }

    private Situations published(Situations next) {
        return switch (random.nextInt(6)) {
            case 0 -> next.notPublishable(ProblemType.METADATA_UNREACHABLE);
            case 1 -> next.inMemory(Held.UNFIT);
            case 2 -> next.target(Target.FOREIGN);
            default -> {
                published++;
                yield next.nowPublished(random.nextBoolean());
            }
        };
    }

    private Situations revoked(Situations next, Which which) {
        if (random.nextInt(4) == 0) {
            return next.outage();
        }
        return switch (which) {
            case ALL -> next.nothingInMemory().revoked();
            case REPLACED -> next.nothingCondemned();
            case HELD -> heldRevoked(next.nothingInMemory());
        };
    }

    /** One that was stale is replaced at once, the first time; any other, and the second, is a fault. */
    private Situations heldRevoked(Situations next) {
        if (!metStale && random.nextBoolean()) {
            metStale = true;
            return next;
        }
        return next.remote(ProblemType.SESSION_TOO_SHORT);
    }
}
