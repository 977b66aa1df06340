package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Follows one Workspace and tells its conditions as they change, until it is Ready or somebody must act. */
final class WorkspaceStory {
    private final Narrator narrator;
    private final Map<String, String> told = new HashMap<>();

    WorkspaceStory(Narrator narrator) {
        this.narrator = narrator;
    }

    /**
     * @param client a client that may watch it
     * @param workspace which, as applied
     * @param patience how long at most
     * @return empty once it is Ready, else why it is not
     */
    Optional<String> follow(KubernetesClient client, Workspace workspace, Duration patience)
            throws InterruptedException {
        BlockingQueue<Workspace> changes = new LinkedBlockingQueue<>();
        long deadline = System.nanoTime() + patience.toNanos();
        Workspace latest = workspace;
        Watch watch = client.resource(workspace).watch(queueing(changes));
        try {
            while (System.nanoTime() < deadline) {
                Workspace changed = changes.poll(200, TimeUnit.MILLISECONDS);
                if (changed == null) {
                    continue;
                }
                latest = changed;
                tellNews(changed);
                if (is(changed, "Ready")) {
                    return Optional.empty();
                }
                if (is(changed, "Stalled")) {
                    return Optional.of(why(changed));
                }
            }
        } finally {
            watch.close();
        }
        return Optional.of("not Ready after " + patience.toSeconds() + " s; " + why(latest));
    }

    /** Ready first. What another condition says in the same words is not said again. */
    private void tellNews(Workspace workspace) {
        Set<String> said = new HashSet<>();
        for (Condition condition : conditions(workspace)) {
            String words = condition.getReason() + ": " + condition.getMessage();
            String what = condition.getType() + "=" + spelt(condition.getStatus());
            boolean news = !(what + words).equals(told.put(condition.getType(), what + words));
            if (said.add(words) && news) {
                narrator.tell(what, words);
            }
        }
    }

    private static String spelt(ConditionStatus status) {
        return switch (status) {
            case TRUE -> "True";
            case FALSE -> "False";
            case UNKNOWN -> "Unknown";
        };
    }

    private static List<Condition> conditions(Workspace workspace) {
        return workspace.getStatus() == null ? List.of() : workspace.getStatus().getConditions();
    }

    private static boolean is(Workspace workspace, String type) {
        return conditions(workspace).stream()
                .anyMatch(c -> c.getType().equals(type) && c.getStatus() == ConditionStatus.TRUE);
    }

    private static String why(Workspace workspace) {
        LastError error =
                workspace.getStatus() == null ? null : workspace.getStatus().getLastError();
        return error == null
                ? "the operator has reported no failure"
                : error.getReason() + ": " + error.getMessage() + " Hint: " + error.getHint();
    }

    private static Watcher<Workspace> queueing(BlockingQueue<Workspace> changes) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, Workspace workspace) {
                if (action != Action.BOOKMARK) {
                    changes.add(workspace);
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                // The story ends by its patience then.
            }
        };
    }
}
