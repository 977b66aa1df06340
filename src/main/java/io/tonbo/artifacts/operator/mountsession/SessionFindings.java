package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.Secret;
import io.tonbo.artifacts.operator.juicefs.BucketAddress;
import io.tonbo.artifacts.operator.juicefs.BucketKeys;
import io.tonbo.artifacts.operator.orchestrator.BearerToken;
import io.tonbo.artifacts.operator.problem.Problem;
import java.time.Duration;
import java.util.function.Predicate;

/** What one pass has found out so far. A pass starts with nothing and forgets everything at its end. */
final class SessionFindings {
    /** Why there is no usable token; null when there is one. */
    Problem connectionProblem;

    /** Why the bucket's keys and address cannot be published; null when they can. */
    Problem keysProblem;

    /** The account's token; null when there is none at hand. */
    BearerToken token;

    /** Ids of sessions that this process itself published; set for the whole life of the object's memory. */
    Predicate<String> publishedHere = id -> false;

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

    /** The Secret under our name, as last read or written; null when there is none. */
    Secret secret;

    /** A session of this pass was stale: one more is tried, not a third. */
    boolean metStale;

    /** A replaced credential was published in this pass, for running mounts to notice. */
    boolean replaced;

    /** The first credential ever was published in this pass: nobody can have an older one. */
    boolean first;

    /** How far the restarts are; null when they were not tried in this pass. */
    RestartReport restarts;
}
