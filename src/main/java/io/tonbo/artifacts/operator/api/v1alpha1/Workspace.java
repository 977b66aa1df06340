package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
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
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class Workspace extends CustomResource<WorkspaceSpec, WorkspaceStatus> implements Namespaced {

    /** Name in the account: {@code spec.name}, else {@code metadata.name}. */
    public String workspaceName() {
        return getSpec() == null || getSpec().getName() == null
                ? getMetadata().getName()
                : getSpec().getName();
    }
}
