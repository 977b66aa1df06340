package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;

/**
 * Faults and calls over HTTP, for the live page: {@code GET|POST|DELETE /sandbox/faults}, {@code DELETE
 * /sandbox/faults/{id}}, {@code GET /sandbox/presets}, {@code GET|DELETE /sandbox/calls}. Open to who is on this machine and names it so: a web page
 * elsewhere that points a name at the loopback address is refused.
 */
final class ControlEndpoints {
    private final Faults faults;
    private final CallLog log;

    ControlEndpoints(Faults faults, CallLog log) {
        this.faults = faults;
        this.log = log;
    }

    static boolean serves(Request request) {
        return !request.segments().isEmpty() && request.segments().get(0).equals("sandbox");
    }

    Reply handle(Request request) {
        if (!ownHost(request.header("Host").orElse("")) || !ownOrigin(request)) {
            return Reply.error(
                    new ApiError(403, "not_local", "ask as 127.0.0.1 or localhost, from a page of this host"));
        }
        List<String> path = request.segments().subList(1, request.segments().size());
        return switch (request.method() + " " + String.join("/", path.subList(0, Math.min(1, path.size())))) {
            case "GET faults" -> Reply.text(200, Json.write(Map.of("faults", faults.active())));
            case "POST faults" -> add(request);
            case "GET presets" -> Reply.text(200, Json.write(Map.of("presets", FaultPresets.all())));
            case "DELETE faults" -> clear(path);
            case "GET calls" -> Reply.text(200, Json.write(Map.of("calls", log.calls())));
            case "DELETE calls" -> {
                log.clear();
                yield Reply.empty(204);
            }
            default -> Reply.error(new ApiError(404, "not_found", "no such path"));
        };
    }

    private Reply add(Request request) {
        if (!request.header("Content-Type").orElse("").startsWith("application/json")) {
            return Reply.error(ApiError.invalid("Content-Type must be application/json"));
        }
        try {
            long id = faults.add(Json.MAPPER.readValue(request.body(), Faults.Rule.class));
            return Reply.text(201, Json.write(Map.of("id", id)));
        } catch (JsonProcessingException e) {
            return Reply.error(ApiError.invalid("not a fault rule: " + e.getOriginalMessage()));
        }
    }

    private Reply clear(List<String> path) {
        if (path.size() == 1) {
            faults.clear();
            return Reply.empty(204);
        }
        boolean there = path.get(1).matches("[0-9]{1,18}") && faults.clear(Long.parseLong(path.get(1)));
        return there ? Reply.empty(204) : Reply.error(new ApiError(404, "not_found", "no such fault"));
    }

    private static boolean ownHost(String host) {
        return host.matches("(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?");
    }

    private static boolean ownOrigin(Request request) {
        return request.header("Origin")
                .map(origin -> origin.startsWith("http://") && ownHost(origin.substring(7)))
                .orElse(true);
    }
}
