package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.connection.StorageCredentials;
import io.tonbo.artifacts.operator.orchestrator.FormatGrant;
import io.tonbo.artifacts.operator.status.FailureHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * What this process knows about one Workspace beyond what Kubernetes and the orchestrator would say: everything in here
 * may be lost at any time without harm. Used by one thread at a time, that of the object's reconcile.
 */
final class WorkspaceMemory {
    /**
     * Until when nothing is tried again, unless what the decision rested on changes, or the orchestrator comes back.
     *
     * @param recoveries how often it had come back when the attempt began
     */
    record Hold(String basis, Instant until, WakeUps.Cause cause, long recoveries) {}

    private record HeldGrant(String workspaceId, FormatGrant grant) {}

    private final FailureHistory failures = new FailureHistory();
    private final ApiServerBackoff apiServer = new ApiServerBackoff();
    private Workspace written;
    private HeldGrant grant;
    private Hold hold;
    private Instant lastRemoteWrite = Instant.EPOCH;
    private Instant lastReserve = Instant.EPOCH;
    private final Map<Operation, String> salts = new EnumMap<>(Operation.class);
    private String deadReservation;
    private StorageCredentials credentials;

    FailureHistory failures() {
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
    Workspace freshest(Workspace seen) {
        return written != null && version(written) > version(seen) ? written : seen;
    }

    private static long version(Workspace workspace) {
        try {
            return Long.parseLong(workspace.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    void wrote(Workspace result) {
        written = result;
    }

    /** The object changed behind our back: what we wrote is not the newest any more. */
    void forgetWritten() {
        written = null;
    }

    FormatGrant grantFor(String workspaceId) {
        return grant != null && grant.workspaceId().equals(workspaceId) ? grant.grant() : null;
    }

    void keepGrant(String workspaceId, FormatGrant fresh) {
        grant = fresh == null ? null : new HeldGrant(workspaceId, fresh);
    }

    void dropGrant() {
        grant = null;
    }

    void remoteWrite(Instant now) {
        lastRemoteWrite = now;
    }

    /** When a request of ours last changed something remote. What was listed before that is old. */
    Instant lastRemoteWrite() {
        return lastRemoteWrite;
    }

    /**
     * A replayed answer says nothing of today, so what wants a fresh one has a key of its own for each attempt, the same
     * for the attempt's repetitions.
     *
     * @return the salt of the attempt under way
     */
    String attempt(Operation operation) {
        return salts.computeIfAbsent(operation, any -> UUID.randomUUID().toString());
    }

    /**
     * A server that replays answers may replay refusals too, and a "done" that was undone since: what is asked again after
     * an answer needs a new key to be judged anew.
     *
     * @return the salt that the last answer left, or null
     */
    String salt(Operation operation) {
        return salts.get(operation);
    }

    /** The attempt came to an end, well or not; the next one is another. */
    void answered(Operation operation) {
        salts.put(operation, UUID.randomUUID().toString());
    }

    void reserveSent(Instant now) {
        lastReserve = now;
        remoteWrite(now);
    }

    /** A reserve was answered with a workspace whose fresh grant is refused: the answer was a replay of something gone. */
    void provedDead(String workspaceId) {
        deadReservation = workspaceId;
    }

    String deadReservation() {
        return deadReservation;
    }

    boolean reserveMayBeUnderWay(Duration settles, Instant now) {
        return Duration.between(lastReserve, now).compareTo(settles) < 0;
    }

    void keepCredentials(StorageCredentials read) {
        credentials = read;
    }

    /** The bucket's keys as last read, or null. */
    StorageCredentials credentials() {
        return credentials;
    }

    Hold hold() {
        return hold;
    }

    void holdUntil(Hold next) {
        hold = next;
    }
}
