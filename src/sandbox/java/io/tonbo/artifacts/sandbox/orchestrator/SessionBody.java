package io.tonbo.artifacts.sandbox.orchestrator;

import java.util.Set;
import java.util.TreeSet;

/**
 * The body of {@code POST …/mount-sessions}.
 *
 * @param mode rw or ro
 * @param ttlSeconds 60 to 604800
 */
record SessionBody(String mode, long ttlSeconds) {
    private static final Set<String> MODES = new TreeSet<>(Set.of("rw", "ro"));

    static SessionBody parse(String body) {
        Fields fields = Fields.parse(body).only(Set.of("mode", "ttl_seconds"));
        return new SessionBody(fields.oneOf("mode", MODES, null), fields.integer("ttl_seconds", 60, 604_800));
    }

    boolean readOnly() {
        return mode.equals("ro");
    }
}
