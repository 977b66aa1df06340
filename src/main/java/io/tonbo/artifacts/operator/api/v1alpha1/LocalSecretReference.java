package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** A Secret in the namespace of the object that names it, never in another one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class LocalSecretReference {
    @JsonPropertyDescription(
            """
            Name of a Secret in the same namespace as this object. A Secret of another namespace cannot be \
            named.""")
    @Required
    @Size(min = 1, max = ObjectName.MAX)
    @ValidationRule(
            value = ObjectName.RULE,
            message =
                    """
            name must be the name of a Secret in this namespace: lower case letters, digits, '-' and '.', \
            starting and ending with a letter or digit""")
    private String name;

    /** For Jackson. */
    public LocalSecretReference() {}

    public LocalSecretReference(String name) {
        this.name = name;
    }

    /** Name of the Secret; required by the CustomResourceDefinition. */
    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LocalSecretReference that && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name);
    }

    @Override
    public String toString() {
        return "LocalSecretReference{name=" + name + "}";
    }
}
