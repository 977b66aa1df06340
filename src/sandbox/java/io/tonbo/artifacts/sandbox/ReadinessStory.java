package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.sandbox.resource.Conditions;
import io.tonbo.artifacts.sandbox.terminal.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Follows one Workspace or MountSession and tells its conditions as they change, until it is Ready or somebody must act. */
final class ReadinessStory {
    private static final String READY = "Ready";

    private final Step step;
    private final Supplier<Optional<String>> obituary;
    private final Map<String, String> told = new HashMap<>();

    /**
     * @param step told the conditions; ended with the story
     * @param obituary of what must run for the story to go on; empty while it does
     */
    ReadinessStory(Step step, Supplier<Optional<String>> obituary) {
        this.step = step;
        this.obituary = obituary;
    }

    /**
     * @param client a client that may watch it
     * @param object which, as applied
     * @param <R> its type
     * @param patience how long at most
     * @return empty once it is Ready, else why it is not
     * @throws IllegalStateException if something ended that it cannot become Ready without; says what
     */
    <R extends CustomResource<?, ? extends ResourceStatus>> Optional<String> follow(
            KubernetesClient client, R object, Duration patience) throws InterruptedException {
        BlockingQueue<R> changes = new LinkedBlockingQueue<>();
        long deadline = System.nanoTime() + patience.toNanos();
        R latest = object;
        SharedIndexInformer<R> informer = informer(client, object, changes);
        try {
            while (System.nanoTime() < deadline) {
                R changed = changes.poll(200, TimeUnit.MILLISECONDS);
                if (changed == null) {
                    refuseToGoOnAlone();
                    continue;
                }
                latest = changed;
                Conditions conditions = Conditions.of(changed);
                if (conditions.isTrue(READY)) {
                    step.done(told(conditions.find(READY).orElseThrow()));
                    return Optional.empty();
                }
                tellNews(conditions);
                if (conditions.isTrue("Stalled")) {
                    return notReady(why(changed));
                }
            }
        } finally {
            informer.close();
        }
        return notReady("not Ready after " + patience.toSeconds() + " s; " + why(latest));
    }

    private void refuseToGoOnAlone() {
        obituary.get().ifPresent(ended -> {
            step.failed("not Ready");
            throw new IllegalStateException(ended);
        });
    }

    private Optional<String> notReady(String why) {
        step.failed("not Ready");
        return Optional.of(why);
    }

    /** Ready first. What another condition says in the same words is not said again. */
    private void tellNews(Conditions conditions) {
        Set<String> said = new HashSet<>();
        for (Condition condition : conditions.all()) {
            String words = condition.getReason() + ": " + condition.getMessage();
            String whole = told(condition);
            boolean news = !whole.equals(told.put(condition.getType(), whole));
            if (said.add(words) && news) {
                step.milestone(whole);
            }
        }
    }

    private static String told(Condition condition) {
        return condition.getType() + "=" + Conditions.status(condition) + " " + condition.getReason() + ": "
                + condition.getMessage();
    }

    private static String why(CustomResource<?, ? extends ResourceStatus> object) {
        LastError error = object.getStatus() == null ? null : object.getStatus().getLastError();
        return error == null
                ? "the operator has reported no failure"
                : error.getReason() + ": " + error.getMessage() + "\nHint: " + error.getHint();
    }

    /** Looks again whenever a watch ends, for whatever reason. */
    private static <R extends CustomResource<?, ? extends ResourceStatus>> SharedIndexInformer<R> informer(
            KubernetesClient client, R object, BlockingQueue<R> changes) {
        SharedIndexInformer<R> informer = client.resource(object).runnableInformer(0);
        informer.exceptionHandler((started, failure) -> true);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(R added) {
                changes.add(added);
            }

            @Override
            public void onUpdate(R before, R after) {
                changes.add(after);
            }

            @Override
            public void onDelete(R deleted, boolean unknown) {
                // Whoever deletes it knows why it does not become Ready.
            }
        });
        informer.start();
        return informer;
    }
}
