package io.tonbo.artifacts.operator.mountsession;

import static io.tonbo.artifacts.operator.mountsession.Situations.NOW;

import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.*;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.SplittableRandom;

/** Observations drawn at random, also such as hardly come about; what lets many rows be reached comes more often. */
final class RandomSituation {
    private static final ProblemType[] CONNECTION = {
        null, null, null, ProblemType.CONNECTION_SECRET_MISSING, ProblemType.UNAUTHORIZED
    };
    private static final ProblemType[] KEYS = {null, null, null, ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING};
    private static final ProblemType[] REMOTE = {
        null, null, null, ProblemType.ORCHESTRATOR_UNREACHABLE, ProblemType.SESSION_TOO_SHORT
    };
    private static final ProblemType[] PUBLISH = {null, null, null, ProblemType.METADATA_UNREACHABLE};
    private static final RenewalSchedule[] SCHEDULES = {
        null, Situations.FRESH, Situations.FRESH, Situations.DUE, Situations.EXPIRED
    };
    private static final Target[] TARGETS = {
        Target.INTACT, Target.INTACT, Target.INTACT, Target.ABSENT, Target.CHANGED, Target.FOREIGN
    };
    private static final WorkspaceUse[] USES = {
        WorkspaceUse.ACTIVE,
        WorkspaceUse.ACTIVE,
        WorkspaceUse.ACTIVE,
        WorkspaceUse.ABSENT,
        WorkspaceUse.NOT_ACTIVE,
        WorkspaceUse.VOID
    };

    private RandomSituation() {}

    static MountSessionObservation draw(SplittableRandom r) {
        return new MountSessionObservation(
                r.nextInt(4) == 0,
                r.nextInt(8) == 0,
                r.nextInt(8) == 0,
                r.nextBoolean(),
                pick(r, USES),
                r.nextInt(4) == 0,
                r.nextInt(8) == 0,
                pick(r, CONNECTION),
                pick(r, KEYS),
                pick(r, REMOTE),
                pick(r, PUBLISH),
                pick(r, TARGETS),
                r.nextInt(8) == 0,
                r.nextInt(4) == 0,
                pick(r, SCHEDULES),
                pick(r, Sessions.values()),
                pick(r, Held.values()),
                r.nextInt(4) == 0,
                r.nextInt(4) == 0,
                pick(r, Drift.values()),
                r.nextBoolean(),
                r.nextBoolean(),
                r.nextInt(4) == 0,
                new Bounds(r.nextBoolean(), r.nextBoolean()),
                NOW);
    }

    private static <T> T pick(SplittableRandom random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
