package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.tonbo.artifacts.operator.status.FailureHistory;
import java.time.Instant;

/**
 * What this process knows about one object beyond what Kubernetes and the orchestrator would say: everything in here may be
 * lost at any time without harm. Used by one thread at a time, that of the object's reconcile.
 *
 * @param <R> the type of the object
 */
public class ObjectMemory<R extends HasMetadata> {

    /**
     * Until when nothing is tried again, unless what the decision rested on changes, or the orchestrator comes back.
     *
     * @param basis what the decision rested on
     * @param until when it is tried again all the same
     * @param cause what it waits for
     * @param recoveries how often the orchestrator had come back when the attempt began
     */
    record Hold(String basis, Instant until, WakeUps.Cause cause, long recoveries) {}

    private final FailureHistory failures = new FailureHistory();
    private final ApiServerBackoff apiServer = new ApiServerBackoff();
    private R written;
    private Hold hold;

    /** What its operations failed with since each last succeeded. */
    public FailureHistory failures() {
        return failures;
    }

    ApiServerBackoff apiServer() {
        return apiServer;
    }

    /**
     * The cache of the informer may lag behind our own write.
     *
     * @param seen the object as the cache has it
     * @return that, or what we wrote last where it is newer
     */
    public R freshest(R seen) {
        return written != null && version(written) > version(seen) ? written : seen;
    }

    private static long version(HasMetadata object) {
        try {
            return Long.parseLong(object.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /**
     * @param result the object as our own write left it, or as it was read since; null when it is gone
     */
    public void wrote(R result) {
        written = result;
    }

    /** The object changed behind our back: what we wrote is not the newest any more. */
    public void forgetWritten() {
        written = null;
    }

    Hold hold() {
        return hold;
    }

    void holdUntil(Hold next) {
        hold = next;
    }
}
