package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to an active remote workspace when its resource is deleted. */
public enum DeletionPolicy {
    /** It stays as it is, and can be adopted later. */
    @JsonProperty("Retain")
    RETAIN,

    /** It is deleted: its file index is lost, the chunks in the bucket stay. */
    @JsonProperty("Delete")
    DELETE;

    /**
     * Reads a value, also one that only a newer CustomResourceDefinition knows.
     *
     * @return the named policy, {@link #RETAIN} for anything unknown: it destroys nothing
     */
    @JsonCreator
    public static DeletionPolicy of(String value) {
        return "Delete".equals(value) ? DELETE : RETAIN;
    }
}
