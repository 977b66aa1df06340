package io.tonbo.artifacts.sandbox.orchestrator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it came.
 *
 * @param method HTTP method
 * @param segments of the path, percent-decoded
 * @param target path and query as sent
 * @param query parameters, percent-decoded, the first of each name
 * @param headers the first of each name; names in any case
 * @param body as text; may be empty
 */
record Request(
        String method,
        List<String> segments,
        String target,
        Map<String, String> query,
        Map<String, String> headers,
        String body) {
    /** The longest body that is read, in bytes. */
    static final int LONGEST_BODY = 65_536;

    Request {
        TreeMap<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    /**
     * @param rawPath the path as sent
     * @return its segments, decoded; empty if it is not a path
     */
    static List<String> segments(String rawPath) {
        try {
            return List.of(rawPath.substring(1).split("/", -1)).stream()
                    .map(s -> URLDecoder.decode(s.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return List.of();
        }
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    String expectedId() {
        return query.get("expected_id");
    }
}
