package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** The life of a workspace. Callers hold the workspace's lock for whatever changes something. */
final class Workspaces {
    private final Store store;
    private final MetadataArea metadata;
    private final Access access;
    private final MountSessions sessions;
    private final Wire wire;
    private final Behaviour behaviour;

    Workspaces(
            Store store, MetadataArea metadata, Access access, MountSessions sessions, Wire wire, Behaviour behaviour) {
        this.store = store;
        this.metadata = metadata;
        this.access = access;
        this.sessions = sessions;
        this.wire = wire;
        this.behaviour = behaviour;
    }

    Reply reserve(String handle, ReserveBody body, CallContext call) {
        Optional<StoredWorkspace> holder = store.find(handle, body.name()).filter(this::keepsItsName);
        if (holder.isPresent()) {
            throw exists(holder.get(), call);
        }
        StoredWorkspace reserved = create(handle, body.name(), body.storage(), body.cacheProfile());
        Access.Grant grant = grantFormat(reserved, call);
        ObjectNode answer = wire.object();
        answer.set("workspace", wire.workspace(reserved, call));
        answer.set("format", wire.format(grant));
        return Reply.json(201, answer);
    }

    private boolean keepsItsName(StoredWorkspace workspace) {
        return workspace.state() != WorkspaceState.DELETED
                || behaviour.tombstones() == Behaviour.Tombstones.KEEP_THE_NAME;
    }

    private ApiError exists(StoredWorkspace holder, CallContext call) {
        ObjectNode existing = wire.workspace(holder, call);
        boolean grants = holder.state() == WorkspaceState.PENDING_FORMAT
                && call.meets(FaultKind.CONFLICT_WITHOUT_FORMAT).isEmpty();
        if (grants) {
            existing.set("format", wire.format(grantFormat(holder, call)));
        }
        String message = "workspace " + holder.handle() + "/" + holder.name() + " exists and is "
                + holder.state().wire();
        return new ApiError(409, "workspace_exists", message, Map.of("existing", existing));
    }

    StoredWorkspace create(String handle, String name, StoredStorage storage, String cacheProfile) {
        long number = store.next("workspace");
        boolean tenant = behaviour.prefixStyle() == Behaviour.PrefixStyle.TENANT;
        StoredWorkspace workspace = new StoredWorkspace(
                "ws_" + Randomness.name(24),
                number,
                handle,
                name,
                WorkspaceState.PENDING_FORMAT,
                "v-" + Randomness.name(20),
                tenant ? "{u_" + store.account(handle) + "_w_" + number + "}:" : "{" + number + "}",
                storage,
                cacheProfile,
                behaviour.now(),
                null);
        store.save(workspace);
        return workspace;
    }

    /** A fresh grant ends the older one. */
    private Access.Grant grantFormat(StoredWorkspace workspace, CallContext call) {
        if (behaviour.endsOlderGrants()) {
            access.end(workspace.formatUser());
        }
        Access.Grant grant = access.format(workspace, call);
        store.save(workspace.withFormatUser(grant.user()));
        if (call.meets(FaultKind.ACL_FAILURE_AFTER_EFFECT).isPresent()) {
            throw ApiError.aclProvisioningFailed();
        }
        return grant;
    }

    /** The workspace as a caller may see it: a deleted one only where tombstones are shown. */
    StoredWorkspace visible(WorkspaceReader reader, String handle, String name) {
        return reader.find(handle, name)
                .filter(w ->
                        w.state() != WorkspaceState.DELETED || behaviour.tombstones() != Behaviour.Tombstones.HIDDEN)
                .orElseThrow(() -> ApiError.notFound(handle, name));
    }

    StoredWorkspace expected(String handle, String name, String expectedId) {
        if (expectedId != null && expectedId.isBlank()) {
            throw ApiError.invalid("expected_id must not be empty");
        }
        StoredWorkspace workspace = visible(store, handle, name);
        if (behaviour.honoursExpectedId() && expectedId != null && !expectedId.equals(workspace.id())) {
            throw new ApiError(409, "workspace_replaced", handle + "/" + name + " has another id than expected_id");
        }
        return workspace;
    }

    Reply confirm(String handle, String name, String expectedId, CallContext call) {
        StoredWorkspace workspace = expected(handle, name, expectedId);
        if (workspace.state() == WorkspaceState.PENDING_FORMAT) {
            if (call.meets(FaultKind.SETTING_ELSEWHERE).isPresent() || !metadata.formatted(workspace.keyPrefix())) {
                throw settingMissing(workspace);
            }
            access.end(workspace.formatUser());
            workspace = workspace.withFormatUser(null).withState(WorkspaceState.ACTIVE);
            store.save(workspace);
        }
        if (workspace.state() != WorkspaceState.ACTIVE) {
            throw new ApiError(
                    409,
                    behaviour.codeOfConfirmingTheGone(),
                    "the workspace is " + workspace.state().wire());
        }
        return Reply.json(200, wire.workspace(workspace, call));
    }

    private ApiError settingMissing(StoredWorkspace workspace) {
        return behaviour.laterRevision()
                ? ApiError.invalid("setting not found; re-run `juicefs format`")
                : ApiError.documented(
                        "setting_key_missing", "no setting key under the prefix of workspace " + workspace.name());
    }

    Reply delete(String handle, String name, String expectedId) {
        StoredWorkspace workspace = expected(handle, name, expectedId);
        if (workspace.live()) {
            sessions.endAll(workspace.id(), SessionState.WORKSPACE_DELETED);
            access.end(workspace.formatUser());
            store.save(workspace.withFormatUser(null).withState(WorkspaceState.DELETING));
            store.deleteAt(workspace.id(), behaviour.now().plus(behaviour.deletingLasts()));
        }
        return Reply.empty(behaviour.deleteStatus());
    }

    /** The second half of a deletion: the metadata is cleaned, the bucket is not touched. */
    void finishDeletion(StoredWorkspace workspace) {
        if (workspace.state() == WorkspaceState.DELETING) {
            metadata.clean(workspace.keyPrefix());
            store.update(workspace.withState(WorkspaceState.DELETED));
        }
        store.deletionDone(workspace.id());
    }
}
