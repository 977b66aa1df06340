package io.tonbo.artifacts.operator.api.v1alpha1;

/**
 * Values of {@link WorkspaceSpec#getCacheProfile()} that the CustomResourceDefinition lets in. The field itself is a
 * string: the orchestrator alone gives it a meaning, so a value that only a newer CustomResourceDefinition knows is
 * passed on as it is, rather than replaced by a guess that the workspace would then keep for ever.
 */
public final class CacheProfile {
    public static final String INTERACTIVE = "interactive";
    public static final String BENCHMARK = "benchmark";
    public static final String CUSTOM = "custom";

    private CacheProfile() {}
}
