package io.tonbo.artifacts.sandbox.orchestrator;

import java.util.Set;
import java.util.TreeSet;

/**
 * The body of {@code POST …/mount-sessions}.
 *
 * @param mode rw or ro
 * @param ttlSeconds one that the server takes
 */
record SessionBody(String mode, long ttlSeconds) {
    private static final Set<String> MODES = new TreeSet<>(Set.of("rw", "ro"));

    static SessionBody parse(String body, Behaviour behaviour) {
        Fields fields = Fields.parse(body).only(Set.of("mode", "ttl_seconds"));
        String mode = fields.oneOf("mode", MODES, null);
        long shortest = behaviour.shortestWish().toSeconds();
        return new SessionBody(
                mode,
                fields.integer("ttl_seconds", shortest, behaviour.longestWish().toSeconds()));
    }

    boolean readOnly() {
        return mode.equals("ro");
    }
}
