package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import redis.clients.jedis.exceptions.JedisException;

/** Takes a request through its stages: fault, caller, lock, idempotency, effect, what the answer meets on the way. */
final class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    /** An answer and what there is to say once it is sent. */
    record Outcome(Reply reply, Runnable afterReply) {}

    private final Store store;
    private final Tokens tokens;
    private final Endpoints endpoints;
    private final Idempotency idempotency;
    private final Locks locks;
    private final Faults faults;
    private final CallLog log;
    private final Wire wire;
    private final Behaviour behaviour;
    private volatile CallObserver observer = (operation, workspaceName, statusCode, phase) -> {};

    Dispatcher(
            Store store,
            Tokens tokens,
            Endpoints endpoints,
            Idempotency idempotency,
            Locks locks,
            Faults faults,
            CallLog log,
            Wire wire,
            Behaviour behaviour) {
        this.store = store;
        this.tokens = tokens;
        this.endpoints = endpoints;
        this.idempotency = idempotency;
        this.locks = locks;
        this.faults = faults;
        this.log = log;
        this.wire = wire;
        this.behaviour = behaviour;
    }

    void observer(CallObserver newObserver) {
        observer = newObserver;
    }

    Outcome handle(Request request) {
        String requestId = request.header("X-Request-Id")
                .filter(id -> id.matches("[\\x21-\\x7e]{1,128}"))
                .orElseGet(() -> "req_" + Randomness.name(20));
        Route route = Route.of(request.method(), request.segments());
        Operation operation = route.operation();
        String name = workspaceName(request, route);
        observer.on(operation, name, 0, CallObserver.Phase.BEFORE_EFFECT);
        Reply reply = reply(request, route, new CallContext(operation, name, faults));
        log.add(call(request, operation, name, reply, requestId));
        observer.on(operation, name, reply.status(), CallObserver.Phase.AFTER_EFFECT_BEFORE_REPLY);
        return new Outcome(
                reply.with("X-Request-Id", requestId).with("Date", wire.httpDate()),
                () -> observer.on(operation, name, reply.status(), CallObserver.Phase.AFTER_REPLY));
    }

    private Reply reply(Request request, Route route, CallContext call) {
        Optional<Fault> instead = call.meets(FaultKind.Stage.INSTEAD).map(Faults.Met::fault);
        if (instead.isPresent() && instead.get().kind() == FaultKind.LOST_REQUEST) {
            return Reply.reset();
        }
        if (instead.isPresent() && !instead.get().effect()) {
            return Reply.injected(instead.get());
        }
        Reply reply = guarded(request, route, call, instead);
        return call.meets(FaultKind.Stage.WIRE)
                .map(met -> reply.sentWith(met.fault()))
                .orElse(reply);
    }

    private Reply guarded(Request request, Route route, CallContext call, Optional<Fault> instead) {
        try {
            return real(request, route, call, instead);
        } catch (ApiError e) {
            return Reply.error(e);
        } catch (JedisException e) {
            return Reply.error(ApiError.documented("internal_error", "the orchestrator's store is away"));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a defect of the sandbox's orchestrator", e);
            return Reply.error(ApiError.documented("internal_error", "unexpected failure"));
        }
    }

    private Reply real(Request request, Route route, CallContext call, Optional<Fault> instead) {
        if (route.allowed().isEmpty()) {
            throw new ApiError(404, "not_found", "no such path");
        }
        if (!route.allowed().contains(request.method())) {
            return Reply.error(new ApiError(405, "method_not_allowed", "this path has no " + request.method()))
                    .with("Allow", String.join(", ", route.allowed()));
        }
        StoredToken caller = tokens.authenticate(request.header("Authorization").orElse(null));
        if (request.body().getBytes(StandardCharsets.UTF_8).length > Request.LONGEST_BODY) {
            throw ApiError.invalid("the body must be at most " + Request.LONGEST_BODY + " bytes");
        }
        ReentrantLock lock = locks.of(caller.handle(), String.valueOf(call.workspaceName()));
        lock.lock();
        try {
            // A server that fails after the effect has kept no answer; a gateway before it has no say in that.
            boolean keeps = instead.map(fault -> fault.status() != 500).orElse(true);
            boolean mutating = call.operation().mutating();
            Reply done = idempotency.once(
                    request, caller, mutating, keeps, () -> endpoints.answer(request, route, caller, call));
            return instead.map(Reply::injected).orElse(done);
        } finally {
            lock.unlock();
        }
    }

    /** About which workspace a request is; null if that cannot be told. */
    private String workspaceName(Request request, Route route) {
        return switch (route.operation()) {
            case RESERVE -> nameIn(request.body());
            case CLOSE_SESSION -> nameOfSession(route.sessionId());
            default -> route.name();
        };
    }

    private static String nameIn(String body) {
        try {
            JsonNode name = Json.MAPPER.readTree(body).get("name");
            return name == null ? null : name.textValue();
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private String nameOfSession(String id) {
        try {
            return store.session(id).map(StoredSession::workspaceName).orElse(null);
        } catch (JedisException e) {
            return null;
        }
    }

    private CallLog.Call call(Request request, Operation operation, String name, Reply reply, String requestId) {
        String body = request.body();
        return new CallLog.Call(
                behaviour.now(),
                operation,
                request.method(),
                request.target(),
                handleOf(request),
                name,
                reply.status(),
                reply.code(),
                requestId,
                request.header("Idempotency-Key").orElse(null),
                body.substring(0, Math.min(4096, body.length())));
    }

    private String handleOf(Request request) {
        try {
            return tokens.authenticate(request.header("Authorization").orElse(null))
                    .handle();
        } catch (ApiError | JedisException e) {
            return null;
        }
    }
}
