package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be sent.
 *
 * @param status HTTP status; 0: nothing, the connection is reset
 * @param headers besides Date and X-Request-Id
 * @param body may be empty
 * @param onTheWire what happens to it on the way, or null
 */
record Reply(int status, Map<String, String> headers, String body, Fault onTheWire) {
    private static final int LONGEST_CODE = 128;
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    static Reply json(int status, ObjectNode body) {
        return text(status, Json.write(body));
    }

    static Reply text(int status, String json) {
        return json.isEmpty() ? empty(status) : new Reply(status, JSON, json, null);
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), "", null);
    }

    static Reply reset() {
        return empty(0);
    }

    static Reply error(ApiError error) {
        ObjectNode body =
                Json.MAPPER.createObjectNode().put("code", error.code()).put("message", error.getMessage());
        body.setAll(error.extras());
        Reply reply = json(error.status(), body);
        return error.status() == 401 ? reply.with("WWW-Authenticate", "Bearer") : reply;
    }

    static Reply injected(Fault fault) {
        Reply reply = text(fault.status(), fault.text() == null ? "" : fault.text());
        for (Map.Entry<String, String> header : fault.headers().entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    Reply with(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new Reply(status, more, body, onTheWire);
    }

    Reply sentWith(Fault fault) {
        return new Reply(status, headers, body, fault);
    }

    /** The error code in the body; null if it succeeded, or if there is none of at most 128 characters. */
    String code() {
        if (successful()) {
            return null;
        }
        try {
            JsonNode code = Json.MAPPER.readTree(body).path("code");
            return code.isTextual() && code.textValue().length() <= LONGEST_CODE ? code.textValue() : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    boolean successful() {
        return status >= 200 && status < 300;
    }
}
