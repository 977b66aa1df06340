package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A filesystem whose data lives in the user's own bucket. */
@Group(ArtifactsApi.GROUP)
@Version(ArtifactsApi.VERSION)
@Kind("Workspace")
@Plural("workspaces")
@ShortNames("tws")
@JsonClassDescription(
        """
        A filesystem whose data lives in your own bucket: the operator reserves it with Tonbo, formats it and keeps its \
        status true. Once it is Ready, a MountSession gives access to it.""")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@AdditionalSelectableField(jsonPath = ".status.workspaceId")
@AdditionalSelectableField(jsonPath = ".spec.connectionSecretRef.name")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Severity", jsonPath = ".status.lastError.severity")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Address", jsonPath = ".status.address", priority = 1)
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message")
@ValidationRule(
        value = "has(self.spec.name) || self.metadata.name.matches('^[a-z][a-z0-9-]{0,38}[a-z0-9]$')",
        message =
                """
        metadata.name is not a valid workspace name (2-40 characters, a-z, 0-9 and '-', starting with a \
        letter); set spec.name""",
        fieldPath = ".spec.name")
@ValidationRule(
        value =
                """
        !has(oldSelf.status) || !has(oldSelf.status.workspaceId) || \
        (has(self.spec.name) ? self.spec.name : self.metadata.name) == \
        (has(oldSelf.spec.name) ? oldSelf.spec.name : oldSelf.metadata.name)""",
        message = "name cannot change once a workspace is reserved; create another Workspace",
        fieldPath = ".spec.name")
@ValidationRule(
        value =
                """
        !has(oldSelf.status) || !has(oldSelf.status.storage) || \
        (self.spec.storage.bucket == oldSelf.spec.storage.bucket && \
        self.spec.storage.endpoint == oldSelf.spec.storage.endpoint && \
        self.spec.storage.region == oldSelf.spec.storage.region && \
        self.spec.storage.prefix == oldSelf.spec.storage.prefix) || \
        (self.spec.storage.bucket == oldSelf.status.storage.bucket && \
        self.spec.storage.endpoint == oldSelf.status.storage.endpoint && \
        self.spec.storage.region == oldSelf.status.storage.region && \
        self.spec.storage.prefix == oldSelf.status.storage.prefix)""",
        message =
                """
        bucket, endpoint, region and prefix cannot change once the workspace is active, except back to \
        status.storage (credentialsSecretRef can); for other storage create another Workspace""",
        fieldPath = ".spec.storage")
@ValidationRule(
        value =
                """
        !has(oldSelf.status) || !has(oldSelf.status.storage) || \
        self.spec.cacheProfile == oldSelf.spec.cacheProfile""",
        message = "cacheProfile cannot change once the workspace is active; create another Workspace",
        fieldPath = ".spec.cacheProfile")
@ValidationRule(
        value =
                """
        !has(oldSelf.status) || !has(oldSelf.status.workspaceId) || \
        has(self.spec.connectionSecretRef) == has(oldSelf.spec.connectionSecretRef)""",
        message =
                """
        connectionSecretRef cannot be added or removed once a workspace is reserved, because that would change \
        the account; its name can change, for another account create another Workspace""",
        fieldPath = ".spec.connectionSecretRef")
public class Workspace extends CustomResource<WorkspaceSpec, WorkspaceStatus> implements Namespaced {

    @Override
    @Required
    @JsonPropertyDescription("What you want of the workspace.")
    public WorkspaceSpec getSpec() {
        return super.getSpec();
    }

    // The default belongs on status itself: without it a new object has none, and GitOps tools take it for current.
    @Override
    @Default("{\"observedGeneration\": -1}")
    @JsonPropertyDescription("What the operator knows of the workspace; written by the operator alone.")
    public WorkspaceStatus getStatus() {
        return super.getStatus();
    }

    /** Name in the account: {@code spec.name}, else {@code metadata.name}. */
    public String workspaceName() {
        return getSpec() == null || getSpec().getName() == null
                ? getMetadata().getName()
                : getSpec().getName();
    }
}
