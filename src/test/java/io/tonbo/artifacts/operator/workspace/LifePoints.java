package io.tonbo.artifacts.operator.workspace;

import java.time.Duration;
import java.util.List;

/**
 * Every point of an undisturbed life at which something has had its effect and the operator does not know yet, as {@link
 * io.tonbo.artifacts.operator.testing.EffectTap} names them. A test holds these lists against a recorded life.
 */
final class LifePoints {
    /** Of a create, in its order. */
    static final List<String> CREATE = List.of(
            "kubernetes patch workspaces",
            "orchestrator list",
            "bucket list",
            "orchestrator reserve",
            "metadata GET setting",
            "bucket put test object",
            "bucket get test object",
            "bucket delete test object",
            "bucket list volume",
            "metadata SETNX trash",
            "metadata SETNX root",
            "metadata SET setting",
            "metadata SETNX trash (2)",
            "metadata SETNX root (2)",
            "bucket get juicefs_uuid",
            "bucket put juicefs_uuid",
            "kubernetes patch workspaces/status",
            "metadata GET setting (2)",
            "orchestrator confirm",
            "kubernetes patch workspaces/status (2)",
            "kubernetes post events");

    /**
     * Of a delete under deletionPolicy Delete, in its order, where the orchestrator takes {@link #DELETING} for it. How often
     * it is asked meanwhile is left to chance, so only the first two times count.
     */
    static final List<String> DELETE = List.of(
            "orchestrator get",
            "orchestrator delete",
            "orchestrator get (2)",
            "kubernetes patch workspaces/status",
            "kubernetes post events",
            "kubernetes post events (2)",
            "kubernetes patch workspaces");

    /** How long a workspace is to be deleting, so that the operator sees it so. */
    static final Duration DELETING = Duration.ofMillis(400);

    private LifePoints() {}
}
