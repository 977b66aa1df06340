package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a MountSession's credential may do. */
public enum MountMode {
    /** Read and write; the default. */
    @JsonProperty("ReadWrite")
    READ_WRITE,

    /** Read only, where the service enforces it. */
    @JsonProperty("ReadOnly")
    READ_ONLY;

    /**
     * Reads a value, also one that only a newer CustomResourceDefinition knows.
     *
     * @return the named mode, {@link #READ_ONLY} for anything unknown: it changes nothing
     */
    @JsonCreator
    public static MountMode of(String value) {
        return "ReadWrite".equals(value) ? READ_WRITE : READ_ONLY;
    }
}
