package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** A workload in the namespace of the object that names it, never in another one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class WorkloadReference {
    @JsonPropertyDescription("Deployment, StatefulSet or DaemonSet. Can change at any time.")
    @Required
    @SchemaFrom(type = WorkloadKind.class)
    private String kind;

    @JsonPropertyDescription(
            """
            Name of the workload, in the same namespace as this object. It need not exist yet. Can change at \
            any time.""")
    @Required
    @Size(min = 1, max = ObjectName.MAX)
    @ValidationRule(
            value = ObjectName.RULE,
            message =
                    """
            name must be the name of a workload in this namespace: lower case letters, digits, '-' and '.', \
            starting and ending with a letter or digit""")
    private String name;

    /** For Jackson. */
    public WorkloadReference() {}

    public WorkloadReference(String kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    /** One of {@link WorkloadKind}, or what a newer CustomResourceDefinition lets in; required by the one of today. */
    public String getKind() {
        return kind;
    }

    public void setKind(String kind) {
        this.kind = kind;
    }

    /** Name of the workload, 1 to 253 characters; required by the CustomResourceDefinition. */
    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkloadReference that
                && Objects.equals(kind, that.kind)
                && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name);
    }

    @Override
    public String toString() {
        return "WorkloadReference{kind=" + kind + ", name=" + name + "}";
    }
}
