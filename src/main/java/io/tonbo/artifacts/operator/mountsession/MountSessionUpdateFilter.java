package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.reconcile.RequestFilter;
import java.util.List;

/** Which changes of a MountSession are worth a reconcile. */
public class MountSessionUpdateFilter extends RequestFilter<MountSession> {
    static final List<String> REQUESTS =
            List.of(ArtifactsApi.ABANDON, ArtifactsApi.RECONCILE_REQUESTED_AT, ArtifactsApi.REISSUE_REQUESTED_AT);

    /** For the framework. */
    public MountSessionUpdateFilter() {
        super(REQUESTS);
    }
}
