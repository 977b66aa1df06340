package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** A Secret in the namespace of the object that names it, never in another one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class LocalSecretReference {
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
