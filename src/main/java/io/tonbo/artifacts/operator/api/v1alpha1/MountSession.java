package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.crd.generator.annotation.PrinterColumnFormat;
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

/** A credential to mount a Workspace with, published as a Secret and kept valid. */
@Group(ArtifactsApi.GROUP)
@Version(ArtifactsApi.VERSION)
@Kind("MountSession")
@Plural("mountsessions")
@ShortNames("tms")
@JsonClassDescription(
        """
        Access to a Workspace: the operator opens a session with Tonbo, publishes its credential as a Secret to mount \
        with, renews it before it expires, and revokes it when this object is deleted.""")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@AdditionalSelectableField(jsonPath = ".spec.workspaceRef.name")
@AdditionalSelectableField(jsonPath = ".status.secretName")
@AdditionalPrinterColumn(name = "Workspace", jsonPath = ".spec.workspaceRef.name")
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Severity", jsonPath = ".status.lastError.severity")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Renewed", jsonPath = ".status.conditions[?(@.type==\"Renewed\")].status")
// No column of type date: kubectl shows those as an age, and this time is to come.
@AdditionalPrinterColumn(name = "Expires", format = PrinterColumnFormat.DATE_TIME, jsonPath = ".status.expiresAt")
@AdditionalPrinterColumn(name = "Secret", jsonPath = ".status.secretName", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message")
@ValidationRule(
        value =
                """
        (has(self.spec.secretName) ? self.spec.secretName : self.metadata.name) == \
        (has(oldSelf.spec.secretName) ? oldSelf.spec.secretName : oldSelf.metadata.name)""",
        message =
                """
        secretName cannot change, because Pods mount the Secret by its name; create another MountSession""",
        fieldPath = ".spec.secretName")
public class MountSession extends CustomResource<MountSessionSpec, MountSessionStatus> implements Namespaced {

    @Override
    @Required
    @JsonPropertyDescription("What you want of the credential.")
    public MountSessionSpec getSpec() {
        return super.getSpec();
    }

    // The default belongs on status itself: without it a new object has none, and GitOps tools take it for current.
    @Override
    @Default("{\"observedGeneration\": -1}")
    @JsonPropertyDescription("What the operator knows of the credential; written by the operator alone.")
    public MountSessionStatus getStatus() {
        return super.getStatus();
    }

    /** Name of the Secret to publish: {@code spec.secretName}, else {@code metadata.name}. */
    public String secretName() {
        return getSpec() == null || getSpec().getSecretName() == null
                ? getMetadata().getName()
                : getSpec().getSecretName();
    }
}
