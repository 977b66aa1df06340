package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Every fault worth trying under a name of its own, for the live page and for tests that go through them all. */
public final class FaultPresets {
    private static final Map<String, Fault> PRESETS = Collections.unmodifiableMap(make());

    private FaultPresets() {}

    /**
     * @return the faults by name, sorted
     */
    public static Map<String, Fault> all() {
        return PRESETS;
    }

    /**
     * @param name of a preset
     * @return the fault
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Fault named(String name) {
        Fault fault = PRESETS.get(name);
        if (fault == null) {
            throw new IllegalArgumentException("no preset " + name + "; there are " + PRESETS.keySet());
        }
        return fault;
    }

    private static Map<String, Fault> make() {
        Map<String, Fault> presets = new TreeMap<>();
        DocumentedCodes.all().keySet().forEach(code -> presets.put(code, Fault.code(code)));
        presets.put("nasty_message", Fault.code("invalid_request", Fault.NASTY_MESSAGE));
        presets.put("endless_message", Fault.code("invalid_request", "x".repeat(200_000)));
        presets.put("internal_error_after_effect", Fault.internalErrorAfterEffect());
        presets.put("unknown_code", Fault.unknownCode());
        presets.put("html", Fault.html());
        presets.put("array", Fault.array());
        presets.put("deeply_nested", Fault.deeplyNested());
        busy(presets);
        onTheWire(presets);
        ofTheEffect(presets);
        ofTheView(presets);
        return presets;
    }

    private static void busy(Map<String, Fault> presets) {
        ZonedDateTime soon = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30);
        presets.put("rate_limited", Fault.rateLimited(null));
        presets.put("rate_limited_2s", Fault.rateLimited("2"));
        presets.put("rate_limited_until", Fault.rateLimited(DateTimeFormatter.RFC_1123_DATE_TIME.format(soon)));
        presets.put("rate_limited_for_ever", Fault.rateLimited("1000000000"));
        presets.put("rate_limited_nonsense", Fault.rateLimited("soon"));
        presets.put("rate_limited_bare", Fault.answer(429, ""));
        presets.put("bad_gateway", Fault.gateway(502));
        presets.put("unavailable", Fault.gateway(503));
        presets.put("unavailable_2s", Fault.gateway(503).withHeader("Retry-After", "2"));
        presets.put("gateway_timeout", Fault.gateway(504));
        presets.put("gateway_timeout_after_effect", Fault.gateway(504).afterEffect());
    }

    private static void onTheWire(Map<String, Fault> presets) {
        presets.put("lost_request", Fault.of(FaultKind.LOST_REQUEST));
        presets.put("lost_reply", Fault.of(FaultKind.LOST_REPLY));
        presets.put("truncated", Fault.of(FaultKind.TRUNCATED));
        presets.put("oversized", Fault.oversized(50_000_000));
        presets.put("drip", Fault.of(FaultKind.DRIP, Duration.ofMillis(500)));
        presets.put("late", Fault.of(FaultKind.LATE, Duration.ofMinutes(2)));
        presets.put("content_type", Fault.of(FaultKind.CONTENT_TYPE, "text/plain"));
    }

    private static void ofTheEffect(Map<String, Fault> presets) {
        presets.put("conflict_without_format", Fault.of(FaultKind.CONFLICT_WITHOUT_FORMAT));
        presets.put("short_grant", Fault.of(FaultKind.SHORT_GRANT, Duration.ofSeconds(30)));
        presets.put("wrong_password", Fault.of(FaultKind.WRONG_PASSWORD));
        presets.put("dead_user", Fault.of(FaultKind.DEAD_USER));
        presets.put("metadata_elsewhere", Fault.of(FaultKind.METADATA_ELSEWHERE, "127.0.0.1:1"));
        presets.put("acl_failure_after_effect", Fault.of(FaultKind.ACL_FAILURE_AFTER_EFFECT));
        presets.put("setting_elsewhere", Fault.of(FaultKind.SETTING_ELSEWHERE));
    }

    private static void ofTheView(Map<String, Fault> presets) {
        presets.put("stale", Fault.of(FaultKind.STALE));
        presets.put("unknown_state", Fault.of(FaultKind.UNKNOWN_STATE, "hibernating"));
        presets.put("wrong_handle", Fault.of(FaultKind.WRONG_HANDLE, "somebody-else"));
        presets.put("storage_null", Fault.of(FaultKind.STORAGE_NULL));
        presets.put("tombstone", Fault.of(FaultKind.TOMBSTONE));
        presets.put("replaced", Fault.of(FaultKind.REPLACED));
        presets.put("extra_row", Fault.of(FaultKind.EXTRA_ROW));
    }
}
