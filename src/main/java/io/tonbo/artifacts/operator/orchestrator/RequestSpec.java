package io.tonbo.artifacts.operator.orchestrator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** A request before it meets the base URL: every path segment and parameter is percent-encoded here. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record RequestSpec(String method, String path, String query, byte[] body, String idempotencyKey) {
    static RequestSpec get(String... segments) {
        return new RequestSpec("GET", path(List.of(segments)), "", null, null);
    }

    static RequestSpec post(String... segments) {
        return new RequestSpec("POST", path(List.of(segments)), "", null, null);
    }

    static RequestSpec delete(String... segments) {
        return new RequestSpec("DELETE", path(List.of(segments)), "", null, null);
    }

    /** Adds a parameter, unless its value is null. */
    RequestSpec query(String name, String value) {
        if (value == null) {
            return this;
        }
        String added = query + (query.isEmpty() ? "?" : "&") + name + "=" + encoded(value);
        return new RequestSpec(method, path, added, body, idempotencyKey);
    }

    RequestSpec body(byte[] json) {
        return new RequestSpec(method, path, query, json, idempotencyKey);
    }

    RequestSpec key(String key) {
        if (!key.matches("[\\x21-\\x7e]{1,255}")) {
            throw new IllegalArgumentException("an Idempotency-Key has 1 to 255 printable ASCII characters");
        }
        return new RequestSpec(method, path, query, body, key);
    }

    /** Whether the path leads where it says: a segment {@code ..} would lead elsewhere, an empty one to another endpoint. */
    boolean sound() {
        return List.of(path.substring(1).split("/", -1)).stream().allMatch(RequestSpec::usableSegment);
    }

    static boolean usableSegment(String segment) {
        return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
    }

    HttpUriRequestBase at(OrchestratorAddress address) {
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(address.base() + path + query));
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        if (idempotencyKey != null) {
            request.setHeader("Idempotency-Key", idempotencyKey);
        }
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        }
        return request;
    }

    private static String path(List<String> segments) {
        StringBuilder path = new StringBuilder();
        segments.forEach(segment -> path.append('/').append(encoded(segment)));
        return path.toString();
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0)) {
                encoded.append(character);
            } else {
                encoded.append("%%%02X".formatted((int) character));
            }
        }
        return encoded.toString();
    }
}
