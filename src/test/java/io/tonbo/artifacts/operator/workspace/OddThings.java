package io.tonbo.artifacts.operator.workspace;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.util.Queue;

/**
 * Notes whatever a Workspace says went wrong, however short it says so.
 *
 * @param seen what was noted
 */
record OddThings(Queue<String> seen) implements ResourceEventHandler<Workspace> {
    @Override
    public void onAdd(Workspace workspace) {
        note(workspace);
    }

    @Override
    public void onUpdate(Workspace before, Workspace now) {
        note(now);
    }

    @Override
    public void onDelete(Workspace workspace, boolean stateUnknown) {
        note(workspace);
    }

    private void note(Workspace workspace) {
        if (workspace.getStatus() != null && workspace.getStatus().getLastError() != null) {
            seen.add(workspace.getMetadata().getName() + ": "
                    + workspace.getStatus().getLastError());
        }
    }
}
