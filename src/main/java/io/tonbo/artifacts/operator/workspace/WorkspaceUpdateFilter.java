package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.reconcile.RequestFilter;
import java.util.List;

/** Which changes of a Workspace are worth a reconcile. */
public class WorkspaceUpdateFilter extends RequestFilter<Workspace> {
    static final List<String> REQUESTS = List.of(ArtifactsApi.ABANDON, ArtifactsApi.RECONCILE_REQUESTED_AT);

    /** For the framework. */
    public WorkspaceUpdateFilter() {
        super(REQUESTS);
    }
}
