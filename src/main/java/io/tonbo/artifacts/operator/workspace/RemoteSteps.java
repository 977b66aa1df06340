package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.orchestrator.FormatGrant;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.orchestrator.ReserveAnswer;
import io.tonbo.artifacts.operator.orchestrator.ReserveRequest;
import io.tonbo.artifacts.operator.orchestrator.WorkspaceState;
import io.tonbo.artifacts.operator.reconcile.IdempotencyKey;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One pass' hands on the orchestrator: look, reserve, confirm, delete. */
final class RemoteSteps {
    private final AccountCalls calls;
    private WorkspaceView view;
    private final WorkspaceMemory memory;
    private final Findings found;
    private final Duration listAge;

    /**
     * @param listAge how old the shared list may be
     */
    RemoteSteps(AccountCalls calls, WorkspaceView view, WorkspaceMemory memory, Findings found, Duration listAge) {
        this.calls = calls;
        this.view = view;
        this.memory = memory;
        this.found = found;
        this.listAge = listAge;
    }

    void sees(WorkspaceView newer) {
        view = newer;
    }

    Duration serverAhead() {
        return calls.serverAhead();
    }

    /**
     * Finds out what there is. The shared list is enough where it only repeats what is known (an active workspace that is
     * recorded) or where the next step finds out by itself (a reserve of a name that the list does not have).
     */
    void look(Instant now) throws OrchestratorException, NotNow {
        boolean listMayDo = !view.deleting() && view.recorded() != Recorded.PENDING;
        if (listMayDo) {
            Optional<RemoteWorkspace> row = snapshot(latest(now.minus(listAge), memory.lastRemoteWrite()), now)
                    .find(view.name());
            boolean nothingNew = row.isPresent()
                    ? row.get().state() == WorkspaceState.ACTIVE && view.isRecordOf(row.get())
                    : view.recorded() == Recorded.NONE;
            if (nothingNew) {
                found.found(row.orElse(null), false);
                return;
            }
        }
        confirm(now);
    }

    /** Asks for this one workspace; by a fresh list while the account's handle is not known. */
    void confirm(Instant now) throws OrchestratorException, NotNow {
        found.found(handle() == null ? listed(now) : asked(now), true);
    }

    /** A 404 in other words than the orchestrator's may come from a wrong base URL: only a good list says that it is gone. */
    private RemoteWorkspace asked(Instant now) throws OrchestratorException, NotNow {
        try {
            return calls.get(handle(), view.name()).orElse(null);
        } catch (OrchestratorException e) {
            if (e.httpStatus() == HttpURLConnection.HTTP_NOT_FOUND
                    && snapshot(now, now).find(view.name()).isEmpty()) {
                return null;
            }
            throw e;
        }
    }

    /** Goes on with a list of any age first, since that tells the handle: begun anew at each attempt, it might never end. */
    private RemoteWorkspace listed(Instant now) throws OrchestratorException, NotNow {
        AccountListing.Snapshot list = snapshot(Instant.MIN, now);
        if (list.asOf().isBefore(now)) {
            if (handle() != null) {
                return asked(now);
            }
            list = snapshot(now, now);
        }
        Optional<RemoteWorkspace> row = list.find(view.name());
        // Pages may miss a row.
        return row.isPresent() || handle() == null ? row.orElse(null) : asked(now);
    }

    private String handle() {
        return view.recordedHandle() != null
                ? view.recordedHandle()
                : calls.listing().handle();
    }

    private AccountListing.Snapshot snapshot(Instant notBefore, Instant now) throws OrchestratorException, NotNow {
        return calls.listing().since(notBefore, now, calls::list);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Reserves the name; an answer that somebody has it is as good. */
    void reserve(Instant now) throws OrchestratorException, NotNow {
        String dead = found.remote == null ? view.recordedId() : found.remote.id();
        String salt = memory.salt(Operation.RESERVE);
        String key = IdempotencyKey.of("reserve", view.uid(), dead, memory.deadReservation(), salt, storageKey());
        post(Operation.RESERVE, key, now);
    }

    private String storageKey() {
        return view.name() + view.wantedStorage() + view.object().getSpec().getCacheProfile();
    }

    /**
     * Asks for a fresh grant: the same request under a new key.
     *
     * @return whether a new workspace was reserved instead, because the one that was there is gone
     */
    boolean fetchGrant(Instant now) throws OrchestratorException, NotNow {
        String key = IdempotencyKey.of("grant", view.uid(), memory.attempt(Operation.FORMAT), storageKey());
        return post(Operation.FORMAT, key, now);
    }

    private boolean post(Operation operation, String key, Instant now) throws OrchestratorException, NotNow {
        memory.dropGrant();
        ReserveRequest request =
                new ReserveRequest(view.name(), view.object().getSpec().getCacheProfile(), view.wantedStorage());
        memory.reserveSent(now);
        ReserveAnswer answer = answer(operation, () -> calls.reserve(request, key));
        RemoteWorkspace workspace = answer.workspace();
        boolean another = found.remote == null || !found.remote.id().equals(workspace.id());
        calls.listing().learnHandle(workspace.handle());
        found.found(workspace, true);
        // A replayed reservation may carry a grant that is dead by now, or none: that is worth one more request.
        found.grantFresh = operation == Operation.FORMAT;
        found.grantMissing = found.grantFresh && answer.grant().isEmpty();
        found.metadataProblem = null;
        memory.keepGrant(workspace.id(), answer.grant().orElse(null));
        return another && answer instanceof ReserveAnswer.Reserved;
    }

    private interface Change<T> {
        T send() throws OrchestratorException, NotNow;
    }

    /** While the reply is lost, the repetition is the same request. */
    private <T> T answer(Operation operation, Change<T> change) throws OrchestratorException, NotNow {
        try {
            T answer = change.send();
            memory.answered(operation);
            return answer;
        } catch (OrchestratorException e) {
            if (!e.transport()) {
                memory.answered(operation);
            }
            throw e;
        }
    }

    /** The grant at hand for the workspace that was found, or null. */
    FormatGrant grant() {
        return found.remote == null ? null : memory.grantFor(found.remote.id());
    }

    void confirmFormat(Instant now) throws OrchestratorException, NotNow {
        RemoteWorkspace before = found.remote;
        memory.remoteWrite(now);
        String attempt = memory.attempt(Operation.CONFIRM);
        String key = IdempotencyKey.of("confirm", view.uid(), before.id(), attempt);
        RemoteWorkspace after = answer(Operation.CONFIRM, () -> calls.confirmFormat(before, key));
        memory.dropGrant();
        found.found(after, true);
    }

    void delete(Instant now) throws OrchestratorException, NotNow {
        memory.remoteWrite(now);
        String salt = memory.salt(Operation.DELETE);
        String key = IdempotencyKey.of("delete", view.uid(), found.remote.id(), salt);
        answer(Operation.DELETE, () -> {
            calls.delete(found.remote, key);
            return null;
        });
        memory.dropGrant();
        found.deleteAccepted = found.remote.id();
        found.forgetRemote();
    }
}
