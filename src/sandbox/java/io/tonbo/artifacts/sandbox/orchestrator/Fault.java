package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One thing that goes wrong. Make one with a factory method; what a kind does not need is null, 0 or empty.
 *
 * @param kind what goes wrong
 * @param status of an ANSWER
 * @param headers of an ANSWER, added to the usual ones
 * @param text the body of an ANSWER, the state, handle or content type of others
 * @param millis of what lasts: a short grant, the delay, the pause between bytes
 * @param bytes of padding
 * @param effect of an ANSWER: whether the operation is done all the same
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record Fault(
        @JsonProperty(required = true) FaultKind kind,
        int status,
        Map<String, String> headers,
        String text,
        long millis,
        long bytes,
        boolean effect) {

    /** A message with everything that must not reach a terminal, a log line or a web page as it is. */
    public static final String NASTY_MESSAGE =
            "bad\u001b[31m red \u0000\u0007\u009b2J\r\nforged: line\t<script>alert(1)</script> \u202e reversed";

    /** Fills in what was left out. */
    public Fault {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        if (kind == null) {
            throw new IllegalArgumentException("kind is required");
        }
        if (kind == FaultKind.ANSWER && (status < 200 || status > 599)) {
            throw new IllegalArgumentException("status of an answer must be between 200 and 599");
        }
        if (kind.needsText() && text == null) {
            throw new IllegalArgumentException("text is required for " + kind);
        }
    }

    /**
     * @param code a documented code; the answer has its documented status and comes without effect
     * @return the fault
     */
    public static Fault code(String code) {
        return code(code, DocumentedCodes.message(code));
    }

    /**
     * @param code a documented code
     * @param message in place of the usual one
     * @return the fault
     */
    public static Fault code(String code, String message) {
        return error(DocumentedCodes.status(code), code, message);
    }

    /**
     * @param status any HTTP status
     * @param code any code
     * @param message any message
     * @return an error answer without effect
     */
    public static Fault error(int status, String code, String message) {
        return answer(status, Json.write(Map.of("code", code, "message", message)));
    }

    /**
     * @return a code that the public reference does not list
     */
    public static Fault unknownCode() {
        return error(409, "tenant_exists", "a tenant with this name exists");
    }

    /**
     * @param status any HTTP status
     * @param body the body, called application/json
     * @return the answer, without effect
     */
    public static Fault answer(int status, String body) {
        return new Fault(FaultKind.ANSWER, status, Map.of(), body, 0, 0, false);
    }

    /**
     * @param retryAfter the header's value as it is (seconds, a date, anything), or null for none
     * @return 429
     */
    public static Fault rateLimited(String retryAfter) {
        Fault fault = error(429, "rate_limited", "too many requests");
        return retryAfter == null ? fault : fault.withHeader("Retry-After", retryAfter);
    }

    /**
     * @param status 502, 503 or 504
     * @return what a gateway answers when the service is away: HTML
     */
    public static Fault gateway(int status) {
        return answer(status, "<html><body><h1>" + status + " Bad Gateway</h1></body></html>")
                .withHeader("Content-Type", "text/html");
    }

    /**
     * @return 500 {@code internal_error} although the operation was done
     */
    public static Fault internalErrorAfterEffect() {
        return code("internal_error").afterEffect();
    }

    /**
     * @param target where to
     * @return 302, without effect
     */
    public static Fault redirect(URI target) {
        return answer(302, "").withHeader("Location", target.toString());
    }

    /**
     * @return 200 with an HTML page, as from a captive portal or a wrong URL
     */
    public static Fault html() {
        return answer(200, "<!doctype html><title>Sign in</title>").withHeader("Content-Type", "text/html");
    }

    /**
     * @return 200 with a JSON array where an object belongs
     */
    public static Fault array() {
        return answer(200, "[]");
    }

    /**
     * @return 200 with JSON nested 100,000 deep
     */
    public static Fault deeplyNested() {
        return answer(200, "[".repeat(100_000) + "]".repeat(100_000));
    }

    /**
     * @param kind a kind that needs nothing more
     * @return the fault
     */
    public static Fault of(FaultKind kind) {
        return new Fault(kind, 0, Map.of(), null, 0, 0, false);
    }

    /**
     * @param kind {@code UNKNOWN_STATE}, {@code WRONG_HANDLE}, {@code CONTENT_TYPE} or {@code METADATA_ELSEWHERE}
     * @param text what is shown instead
     * @return the fault
     */
    public static Fault of(FaultKind kind, String text) {
        return new Fault(kind, 0, Map.of(), text, 0, 0, false);
    }

    /**
     * @param kind {@code SHORT_GRANT}, {@code LATE} or {@code DRIP}
     * @param duration how long the grant lives, the answer is held back, or the pause between two bytes
     * @return the fault
     */
    public static Fault of(FaultKind kind, Duration duration) {
        return new Fault(kind, 0, Map.of(), null, duration.toMillis(), 0, false);
    }

    /**
     * @param bytes of padding before the real answer, sent chunked; 50 MB is the classic
     * @return the fault
     */
    public static Fault oversized(long bytes) {
        return new Fault(FaultKind.OVERSIZED, 0, Map.of(), null, 0, bytes, false);
    }

    /**
     * @return the same answer, but the operation is done before it is given
     */
    public Fault afterEffect() {
        return new Fault(kind, status, headers, text, millis, bytes, true);
    }

    /**
     * @param name a header's name
     * @param value its value
     * @return the same answer with that header
     */
    public Fault withHeader(String name, String value) {
        Map<String, String> more = new java.util.TreeMap<>(headers);
        more.put(name, value);
        return new Fault(kind, status, more, text, millis, bytes, effect);
    }
}
