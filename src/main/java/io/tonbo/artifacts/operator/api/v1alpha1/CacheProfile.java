package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Values of {@link WorkspaceSpec#getCacheProfile()} that the CustomResourceDefinition lets in. The field itself is a
 * string: the orchestrator alone gives it a meaning, so a value that only a newer CustomResourceDefinition knows is
 * passed on as it is, rather than replaced by a guess that the workspace would then keep for ever.
 */
public enum CacheProfile {
    /** People and agents at work; the default. */
    @JsonProperty("interactive")
    INTERACTIVE("interactive"),

    /** Measured runs. */
    @JsonProperty("benchmark")
    BENCHMARK("benchmark"),

    /** The user's own cache settings. */
    @JsonProperty("custom")
    CUSTOM("custom");

    private final String value;

    CacheProfile(String value) {
        this.value = value;
    }

    /** The profile as the resource and the orchestrator spell it. */
    public String value() {
        return value;
    }
}
