package io.tonbo.artifacts.operator.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tonbo.artifacts.operator.telemetry.Telemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The orchestrator's API, one method an endpoint. Every method sends one request at most, never a second one behind the
 * caller's back, follows no redirection and ends within {@link ClientTimeouts#call()}. Safe for many threads.
 */
public final class OrchestratorClient implements AutoCloseable {
    private static final String WORKSPACE_EXISTS = "workspace_exists";
    private static final String WORKSPACE_NOT_FOUND = "workspace_not_found";
    private static final String WORKSPACE =
            "a workspace with id, handle and name, whose id, volume_name and key_prefix are texts that can be recorded";

    private final Exchange exchange;
    private final ObservedCalls calls;
    private final AnswerReader reader = new AnswerReader();

    /**
     * @param address where the orchestrator is
     * @param trust which authorities may vouch for it
     * @param timeouts how long a request may take
     */
    public OrchestratorClient(OrchestratorAddress address, TrustMaterial trust, ClientTimeouts timeouts) {
        this(address, trust, timeouts, InstantSource.system());
    }

    /**
     * @param address where the orchestrator is
     * @param trust which authorities may vouch for it
     * @param timeouts how long a request may take
     * @param clock the local clock, for {@code Retry-After} dates and {@link #serverTimeOffset()}
     */
    public OrchestratorClient(
            OrchestratorAddress address, TrustMaterial trust, ClientTimeouts timeouts, InstantSource clock) {
        this(address, trust, timeouts, clock, Telemetry.NONE);
    }

    /**
     * @param address where the orchestrator is
     * @param trust which authorities may vouch for it
     * @param timeouts how long a request may take
     * @param clock the local clock, for {@code Retry-After} dates and {@link #serverTimeOffset()}
     * @param telemetry where requests are counted and traced
     */
    public OrchestratorClient(
            OrchestratorAddress address,
            TrustMaterial trust,
            ClientTimeouts timeouts,
            InstantSource clock,
            Telemetry telemetry) {
        this.exchange = new Exchange(address, trust, timeouts, clock);
        this.calls = new ObservedCalls(exchange, telemetry);
    }

    /**
     * Phase 1 of a create: {@code POST /workspaces}. Both outcomes of {@link ReserveAnswer} are normal.
     *
     * @param token whose account
     * @param request what to reserve
     * @param idempotencyKey 1 to 255 printable ASCII characters; a server that honours it replays its first answer, so a
     *     fresh grant needs a new key
     * @return the reservation, or the workspace that has the name
     * @throws OrchestratorException if refused, or without a usable answer
     */
    public ReserveAnswer reserve(BearerToken token, ReserveRequest request, String idempotencyKey)
            throws OrchestratorException {
        return calls.observe(ApiOperation.RESERVE_WORKSPACE, sender -> {
            RawAnswer answer = sender.send(
                    token,
                    RequestSpec.post("workspaces")
                            .body(reader.bytes(reserveBody(request)))
                            .key(idempotencyKey));
            return reserved(answer, token);
        });
    }

    private ReserveAnswer reserved(RawAnswer answer, BearerToken token) throws OrchestratorException {
        if (answer.status() == 409) {
            JsonNode body = reader.object(answer);
            JsonNode existing = body.path("existing");
            Optional<RemoteWorkspace> workspace = RemoteJson.workspace(existing);
            boolean exists = WORKSPACE_EXISTS.equals(RemoteJson.text(body, "code"));
            if (exists && workspace.isPresent()) {
                return new ReserveAnswer.AlreadyExists(workspace.get(), RemoteJson.grant(existing));
            }
            if (exists && !RemoteJson.recordable(existing)) {
                throw reader.incomplete(answer, WORKSPACE);
            }
        }
        JsonNode body = reader.success(answer, token);
        RemoteWorkspace workspace =
                RemoteJson.workspace(body.path("workspace")).orElseThrow(() -> reader.incomplete(answer, WORKSPACE));
        return new ReserveAnswer.Reserved(workspace, RemoteJson.grant(body));
    }

    private static ObjectNode reserveBody(ReserveRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", request.name()).put("backend", "byo");
        if (request.cacheProfile() != null) {
            body.put("cache_profile", request.cacheProfile());
        }
        RemoteStorage storage = request.storage();
        body.putObject("storage")
                .put("bucket", storage.bucket())
                .put("endpoint", storage.endpoint())
                .put("region", storage.region())
                .put("prefix", storage.prefix());
        return body;
    }

    /**
     * {@code GET /workspaces}: what the token owns, one page. Rows that cannot be used are skipped.
     *
     * @param token whose account
     * @param cursor where to start; null for the first page
     * @param limit rows wanted, at least 1; the server may give fewer
     * @return the page
     * @throws OrchestratorException if refused, or without a usable answer
     */
    public WorkspacePage list(BearerToken token, String cursor, int limit) throws OrchestratorException {
        RequestSpec request =
                RequestSpec.get("workspaces").query("cursor", cursor).query("limit", Integer.toString(limit));
        return calls.observe(ApiOperation.LIST_WORKSPACES, sender -> {
            RawAnswer answer = sender.send(token, request);
            JsonNode body = reader.success(answer, token);
            return RemoteJson.page(body, cursor).orElseThrow(() -> reader.incomplete(answer, "the list workspaces"));
        });
    }

    /**
     * {@code GET /workspaces/{handle}/{name}}.
     *
     * @param token whose account
     * @param handle the account's handle
     * @param name the workspace's name
     * @return the workspace; empty only for 404 {@code workspace_not_found}, not for any other 404, which may come from
     *     a wrong base URL or a proxy
     * @throws OrchestratorException if refused, or without a usable answer
     */
    public Optional<RemoteWorkspace> get(BearerToken token, String handle, String name) throws OrchestratorException {
        return calls.observe(ApiOperation.GET_WORKSPACE, sender -> {
            RawAnswer answer = sender.send(token, RequestSpec.get("workspaces", handle, name));
            if (answer.status() == 404 && WORKSPACE_NOT_FOUND.equals(RemoteJson.text(reader.object(answer), "code"))) {
                return Optional.empty();
            }
            return Optional.of(workspace(answer, token));
        });
    }

    private RemoteWorkspace workspace(RawAnswer answer, BearerToken token) throws OrchestratorException {
        return RemoteJson.workspace(reader.success(answer, token))
                .orElseThrow(() -> reader.incomplete(answer, WORKSPACE));
    }

    /**
     * Phase 3 of a create: {@code POST …/format-completed}; fine also when the workspace is active already.
     *
     * @param token whose account
     * @param handle the account's handle
     * @param name the workspace's name
     * @param expectedId the id it must have, or null; servers that do not know the parameter ignore it
     * @param idempotencyKey 1 to 255 printable ASCII characters
     * @return the workspace as it is now
     * @throws OrchestratorException if refused, or without a usable answer
     */
    public RemoteWorkspace confirmFormat(
            BearerToken token, String handle, String name, String expectedId, String idempotencyKey)
            throws OrchestratorException {
        RequestSpec request = RequestSpec.post("workspaces", handle, name, "format-completed")
                .query("expected_id", expectedId)
                .key(idempotencyKey);
        return calls.observe(ApiOperation.CONFIRM_FORMAT, sender -> workspace(sender.send(token, request), token));
    }

    /**
     * {@code DELETE /workspaces/{handle}/{name}}: returns when the deletion is under way or done, which 404 means too.
     *
     * @param token whose account
     * @param handle the account's handle
     * @param name the workspace's name
     * @param expectedId the id it must have, or null; servers that do not know the parameter ignore it
     * @param idempotencyKey 1 to 255 printable ASCII characters
     * @throws OrchestratorException if refused, or without a usable answer; also for a 404 that is not the
     *     orchestrator's (a body that is no JSON)
     */
    public void delete(BearerToken token, String handle, String name, String expectedId, String idempotencyKey)
            throws OrchestratorException {
        RequestSpec request = RequestSpec.delete("workspaces", handle, name)
                .query("expected_id", expectedId)
                .key(idempotencyKey);
        gone(ApiOperation.DELETE_WORKSPACE, token, request);
    }

    private void gone(ApiOperation operation, BearerToken token, RequestSpec request) throws OrchestratorException {
        calls.observe(operation, sender -> {
            reader.gone(sender.send(token, request), token);
            return null;
        });
    }

    /**
     * {@code POST …/mount-sessions}.
     *
     * @param token whose account
     * @param handle the account's handle
     * @param name the workspace's name
     * @param request what to open
     * @param idempotencyKey 1 to 255 printable ASCII characters; a replay gives the first session again, dead or not
     * @return the session
     * @throws OrchestratorException if refused, or without a usable answer; {@link OrchestratorException#sessionId()} is
     *     set when a session was opened all the same
     */
    public OpenedSession openSession(
            BearerToken token, String handle, String name, SessionRequest request, String idempotencyKey)
            throws OrchestratorException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("mode", request.mode().wire()).put("ttl_seconds", request.ttlSeconds());
        RequestSpec spec = RequestSpec.post("workspaces", handle, name, "mount-sessions")
                .query("expected_id", request.expectedId())
                .body(reader.bytes(body))
                .key(idempotencyKey);
        return calls.observe(ApiOperation.OPEN_SESSION, sender -> reader.session(sender.send(token, spec), token));
    }

    /**
     * {@code DELETE /mount-sessions/{id}}: returns when the session is gone, which 404 means too.
     *
     * @param token whose account
     * @param id the session's id
     * @throws OrchestratorException if refused, or without a usable answer
     */
    public void closeSession(BearerToken token, String id) throws OrchestratorException {
        // Repeating the key is right: there is nothing to a session's end but its id.
        String key = UUID.nameUUIDFromBytes(Objects.requireNonNull(id, "id").getBytes(StandardCharsets.UTF_8))
                .toString();
        gone(
                ApiOperation.CLOSE_SESSION,
                token,
                RequestSpec.delete("mount-sessions", id).key(key));
    }

    /**
     * @return how far the server's clock is ahead of ours (negative: behind), by the {@code Date} of its answers, to about a
     *     second; the same from answer to answer while the clocks go alike; empty before the first
     */
    public Optional<Duration> serverTimeOffset() {
        return exchange.serverTimeOffset();
    }

    /** Closes the connections; calls under way fail. */
    @Override
    public void close() {
        exchange.close();
    }
}
