package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What each operation does, once it is known who asks. Errors are thrown as {@link ApiError}. */
final class Endpoints {
    private static final int DEFAULT_LIMIT = 50;

    private final Store store;
    private final Workspaces workspaces;
    private final MountSessions sessions;
    private final Wire wire;
    private final Behaviour behaviour;

    Endpoints(Store store, Workspaces workspaces, MountSessions sessions, Wire wire, Behaviour behaviour) {
        this.store = store;
        this.workspaces = workspaces;
        this.sessions = sessions;
        this.wire = wire;
        this.behaviour = behaviour;
    }

    Reply answer(Request request, Route route, StoredToken caller, CallContext call) {
        if (route.handle() != null) {
            mine(route.handle(), caller, route.name());
        }
        if (caller.readOnly() && route.operation().mutating()) {
            throw ApiError.documented("forbidden", "the token may only read");
        }
        String handle = caller.handle();
        return switch (route.operation()) {
            case RESERVE ->
                workspaces.reserve(handle, ReserveBody.parse(json(request), behaviour.laterRevision()), call);
            case LIST -> list(request, handle, call);
            case GET -> Reply.json(200, wire.workspace(workspaces.visible(reader(call), handle, route.name()), call));
            case CONFIRM -> {
                bodyless(request);
                yield workspaces.confirm(handle, route.name(), request.expectedId(), call);
            }
            case DELETE -> workspaces.delete(handle, route.name(), request.expectedId());
            case OPEN_SESSION -> {
                SessionBody body = SessionBody.parse(json(request), behaviour);
                yield sessions.open(workspaces.expected(handle, route.name(), request.expectedId()), body, call);
            }
            case CLOSE_SESSION -> close(route.sessionId(), caller);
            case ANY -> throw new IllegalArgumentException("no operation");
        };
    }

    private void mine(String handle, StoredToken caller, String name) {
        if (!handle.equals(caller.handle())) {
            throw behaviour.foreign() == Behaviour.Foreign.FORBIDDEN
                    ? ApiError.documented("forbidden", "the token does not own " + handle)
                    : ApiError.notFound(handle, name);
        }
    }

    private static String json(Request request) {
        String type = request.header("Content-Type").orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw ApiError.invalid("Content-Type must be application/json");
        }
        return request.body();
    }

    private static void bodyless(Request request) {
        if (!request.body().isBlank()) {
            Fields.parse(request.body()).only(java.util.Set.of());
        }
    }

    private WorkspaceReader reader(CallContext call) {
        return call.meets(FaultKind.STALE)
                .map(met -> (WorkspaceReader) met.snapshot())
                .orElse(store);
    }

    private Reply list(Request request, String handle, CallContext call) {
        int limit = Math.min(limit(request.query().get("limit")), behaviour.pageCap());
        long after = cursor(request.query().get("cursor"));
        boolean withDeleted = behaviour.tombstones() != Behaviour.Tombstones.HIDDEN;
        List<StoredWorkspace> rows = reader(call).page(handle, after, limit + 1, withDeleted);
        List<StoredWorkspace> page = rows.subList(0, Math.min(limit, rows.size()));
        ObjectNode answer = wire.object();
        answer.set("workspaces", wire.rows(page, call));
        if (rows.size() > limit) {
            answer.put("next_cursor", cursor(page.get(limit - 1)));
        }
        return Reply.json(200, answer);
    }

    private static int limit(String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1) {
            throw ApiError.invalid("limit must be an integer of at least 1");
        }
        return Integer.parseInt(text);
    }

    private static String cursor(StoredWorkspace last) {
        byte[] bytes = ("after:" + last.number()).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static long cursor(String text) {
        if (text == null) {
            return 0;
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (decoded.matches("after:[0-9]{1,15}")) {
                return Long.parseLong(decoded.substring(6));
            }
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("cursor is not one that this server gave");
        }
        throw ApiError.invalid("cursor is not one that this server gave");
    }

    private Reply close(String id, StoredToken caller) {
        StoredSession session = sessions.live(id);
        mine(session.handle(), caller, session.workspaceName());
        return sessions.close(session);
    }
}
