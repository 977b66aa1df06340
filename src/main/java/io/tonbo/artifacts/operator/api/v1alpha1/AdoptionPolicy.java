package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What to do about an active workspace of that name that this resource did not create. */
public enum AdoptionPolicy {
    /** Leave it alone and report WorkspaceExists. */
    @JsonProperty("Never")
    NEVER,

    /** Take it over, once the bucket proves that it is ours. */
    @JsonProperty("Adopt")
    ADOPT;

    /**
     * Reads a value, also one that only a newer CustomResourceDefinition knows.
     *
     * @return the named policy, {@link #NEVER} for anything unknown: it touches nothing
     */
    @JsonCreator
    public static AdoptionPolicy of(String value) {
        return "Adopt".equals(value) ? ADOPT : NEVER;
    }
}
