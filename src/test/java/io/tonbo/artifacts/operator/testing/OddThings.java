package io.tonbo.artifacts.operator.testing;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import java.util.Queue;

/**
 * Notes whatever an object says went wrong, however short it says so, and what holds of no status.
 *
 * @param seen what was noted
 * @param <R> the type of the objects
 */
public record OddThings<R extends CustomResource<?, ?>>(Queue<String> seen) implements ResourceEventHandler<R> {
    @Override
    public void onAdd(R object) {
        note(object);
    }

    @Override
    public void onUpdate(R before, R now) {
        note(now);
    }

    @Override
    public void onDelete(R object, boolean stateUnknown) {
        note(object);
    }

    private void note(R object) {
        if (object.getStatus() == null) {
            return;
        }
        LastError error = Kstatus.lastError(object);
        if (error != null) {
            seen.add(object.getMetadata().getName() + ": " + error);
        }
        try {
            Kstatus.assertHolds(object);
        } catch (AssertionError e) {
            seen.add(object.getMetadata().getName() + ": " + e.getMessage());
        }
    }
}
