package io.tonbo.artifacts.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many objects wait, and how many are worked on. */
class ReconcileLoadTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReconcileLoad load = new ReconcileLoad(meters);
    private final MountSession session = ObjectStandingTest.session(false, false, "");

    private double says(String gauge) {
        return meters.get(gauge).tags("kind", "MountSession").gauge().value();
    }

    @Test
    void anObjectWaitsThenIsWorkedOnThenIsNeither() {
        load.reconcileCustomResource(session, null, Map.of());
        assertThat(says("artifacts_reconcile_queue")).isEqualTo(1);
        assertThat(says("artifacts_reconcile_active")).isZero();

        load.reconciliationExecutionStarted(session, Map.of());
        assertThat(says("artifacts_reconcile_queue")).isZero();
        assertThat(says("artifacts_reconcile_active")).isEqualTo(1);

        load.reconciliationExecutionFinished(session, Map.of());
        assertThat(says("artifacts_reconcile_active")).isZero();
    }

    @Test
    void anObjectThatIsGoneBeforeItsTurnWaitsNoMore() {
        load.reconcileCustomResource(session, null, Map.of());
        load.cleanupDoneFor(
                ResourceID.fromResource(session),
                Map.of(Constants.RESOURCE_GVK_KEY, GroupVersionKind.gvkFor(MountSession.class)));

        assertThat(says("artifacts_reconcile_queue")).isZero();
        assertThat(says("artifacts_reconcile_active")).isZero();
    }

    /** Of two objects of one name, of two kinds, one goes. */
    @Test
    void theOtherKindGoesOnWaiting() {
        load.reconcileCustomResource(session, null, Map.of());
        load.cleanupDoneFor(
                ResourceID.fromResource(session),
                Map.of(Constants.RESOURCE_GVK_KEY, GroupVersionKind.gvkFor(Workspace.class)));

        assertThat(says("artifacts_reconcile_queue")).isEqualTo(1);
    }

    /** Its finalizer, say: no reconcile of ours would tell. */
    @Test
    void whatTheFrameworkCannotDoIsCounted() {
        load.failedReconciliation(session, new KubernetesClientException("refused", 403, null), Map.of());
        load.failedReconciliation(session, new IllegalStateException(), Map.of());

        for (String outcome : List.of("api_server", "fault")) {
            assertThat(meters.get("artifacts_reconcile")
                            .tags("kind", "MountSession", "outcome", outcome)
                            .timer()
                            .count())
                    .as(outcome)
                    .isEqualTo(1);
        }
    }
}
