package io.tonbo.artifacts.operator.workspace;

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

    /** Of a delete under deletionPolicy Delete, in its order. */
    static final List<String> DELETE = List.of(
            "orchestrator get",
            "orchestrator delete",
            "orchestrator get (2)",
            "kubernetes patch workspaces/status",
            "orchestrator get (3)",
            "kubernetes post events",
            "kubernetes patch workspaces");

    private LifePoints() {}
}
