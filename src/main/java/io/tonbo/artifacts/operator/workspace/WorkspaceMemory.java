package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.connection.StorageCredentials;
import io.tonbo.artifacts.operator.orchestrator.FormatGrant;
import io.tonbo.artifacts.operator.reconcile.ObjectMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * What this process knows about one Workspace beyond what Kubernetes and the orchestrator would say: everything in here
 * may be lost at any time without harm. Used by one thread at a time, that of the object's reconcile.
 */
final class WorkspaceMemory extends ObjectMemory<Workspace> {
    private record HeldGrant(String workspaceId, FormatGrant grant) {}

    private HeldGrant grant;
    private Instant lastRemoteWrite = Instant.EPOCH;
    private Instant lastReserve = Instant.EPOCH;
    private final Map<Operation, String> salts = new EnumMap<>(Operation.class);
    private String deadReservation;
    private StorageCredentials credentials;

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
}
