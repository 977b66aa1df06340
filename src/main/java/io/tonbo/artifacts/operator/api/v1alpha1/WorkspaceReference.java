package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** A Workspace in the namespace of the object that names it, never in another one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class WorkspaceReference {
    @JsonPropertyDescription(
            """
            metadata.name of a Workspace in the same namespace as this object, which may differ from its \
            spec.name. A Workspace of another namespace cannot be named.""")
    @Required
    @Size(min = 1, max = ObjectName.MAX)
    @ValidationRule(
            value = ObjectName.RULE,
            message =
                    """
            name must be the metadata.name of a Workspace in this namespace: lower case letters, digits, '-' and \
            '.', starting and ending with a letter or digit; no artifacts://, no account""")
    private String name;

    /** For Jackson. */
    public WorkspaceReference() {}

    public WorkspaceReference(String name) {
        this.name = name;
    }

    /** {@code metadata.name} of the Workspace, 1 to 253 characters; required by the CustomResourceDefinition. */
    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkspaceReference that && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name);
    }

    @Override
    public String toString() {
        return "WorkspaceReference{name=" + name + "}";
    }
}
