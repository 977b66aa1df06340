package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.Secret;
import io.tonbo.artifacts.operator.juicefs.BucketAddress;
import io.tonbo.artifacts.operator.juicefs.BucketKeys;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.orchestrator.BearerToken;
import io.tonbo.artifacts.operator.problem.Problem;
import java.time.Duration;

/** What one pass has found out so far. A pass starts with nothing and forgets everything at its end. */
final class SessionFindings {
    /** Why there is no usable token; null when there is one. */
    Problem connectionProblem;

    /** Why the bucket's keys and address cannot be published; null when they can. */
    Problem keysProblem;

    /** The account's token; null when there is none at hand. */
    BearerToken token;

    BucketKeys keys;
    BucketAddress address;

    /** Why the orchestrator opens and revokes nothing; null when nothing is known against it. */
    Problem remoteProblem;

    /** Which operation that problem belongs to. */
    SessionOperation remoteOperation = SessionOperation.OPEN;

    /** How long the budget says to wait, when that was all that is wrong; else null. */
    Duration budgetWait;

    /** Why the held session could not be published. */
    Problem publishProblem;

    /** The Secret was rewritten in this pass: what still differs will not be otherwise at another try. */
    boolean rewritten;

    /** The API server does not let the Secret be deleted; its owner reference will see to it. */
    boolean deleteRefused;

    /** Whether the Secret was read in this pass. */
    boolean looked;

    private Secret secret;
    private PublishedSecret content;
    private Target target = Target.ABSENT;
    private SessionRecord record;

    /** A session of this pass was stale: one more is tried, not a third. */
    boolean metStale;

    /** A replaced credential was published in this pass, for running mounts to notice. */
    boolean replaced;

    /** The first credential ever was published in this pass: nobody can have an older one. */
    boolean first;

    /** How far the restarts are; null when they were not tried in this pass. */
    RestartReport restarts;

    /**
     * What it holds is decoded and compared with its record once, however often a pass asks.
     *
     * @param seen the Secret under our name, as it was read or written; null when there is none
     * @param uid uid of the MountSession
     */
    void see(Secret seen, String uid) {
        secret = seen;
        content = seen == null ? null : PublishedSecret.of(seen);
        target = seen == null ? Target.ABSENT : content.target(uid);
        record = seen == null ? null : content.record(uid).orElse(null);
    }

    /** The Secret under our name, as last read or written; null when there is none. */
    Secret secret() {
        return secret;
    }

    /** What it holds; null when there is none. */
    PublishedSecret content() {
        return content;
    }

    /** Whose it is, and whether it is as its own record says. */
    Target target() {
        return target;
    }

    /** Its record, whoever wrote that; null when there is none. */
    SessionRecord record() {
        return record;
    }
}
