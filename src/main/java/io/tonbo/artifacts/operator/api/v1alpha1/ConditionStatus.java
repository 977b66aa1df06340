package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a condition holds, as Kubernetes spells it. */
public enum ConditionStatus {
    @JsonProperty("True")
    TRUE,

    @JsonProperty("False")
    FALSE,

    @JsonProperty("Unknown")
    UNKNOWN;

    /** Reads a value; what is neither True nor False is {@link #UNKNOWN}. */
    @JsonCreator
    public static ConditionStatus of(String value) {
        if ("True".equals(value)) {
            return TRUE;
        }
        return "False".equals(value) ? FALSE : UNKNOWN;
    }
}
