package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Action;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Fail;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.StandBy;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.StayReady;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.WaitToRestore;
import io.tonbo.artifacts.operator.problem.ProblemType;

/**
 * What conditions Ready and Renewed say. Ready is True as long as the published credential is valid, whatever stands in the
 * way of the next one: that is Renewed's to say.
 *
 * @param ready condition Ready; never {@code AS_IT_IS}
 * @param renewed condition Renewed
 * @param trouble what is wrong: the reason of whichever is False; null when nothing is, or work is under way
 */
public record Verdict(State ready, State renewed, ProblemType trouble) {

    /** What a condition says. */
    public enum State {
        /** It holds. */
        TRUE,
        /** It does not hold. */
        FALSE,
        /** What it said before, which may be nothing. */
        AS_IT_IS
    }

    static Verdict of(MountSessionObservation o, Action action) {
        ProblemType trouble = trouble(o, action);
        return new Verdict(o.usable() ? State.TRUE : State.FALSE, renewed(o, action), trouble);
    }

    private static ProblemType trouble(MountSessionObservation o, Action action) {
        if (action instanceof Fail fail) {
            return fail.type();
        }
        if (action instanceof WaitToRestore) {
            return ProblemType.SECRET_RESTORED;
        }
        return action instanceof StandBy && !o.usable() ? ProblemType.SUSPENDED : null;
    }

    /** True from the first session on; False while something is in the way of the next one. */
    private static State renewed(MountSessionObservation o, Action action) {
        if (action instanceof StayReady) {
            return State.TRUE;
        }
        boolean everIssued = o.schedule() != null;
        return action instanceof Fail && everIssued ? State.FALSE : State.AS_IT_IS;
    }
}
