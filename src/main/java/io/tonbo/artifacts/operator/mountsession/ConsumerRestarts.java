package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadKind;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import io.tonbo.artifacts.operator.mountsession.RestartOutcome.Kind;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Restarts the consumers of a MountSession, one at a time: the next one only when the one before it is back. What was done is
 * read from the workloads themselves, so a call can follow a crash, and any number of calls restart each workload once.
 */
final class ConsumerRestarts {
    /** Answers of the 400s that say something about the moment, or about the operator, and nothing about the workload. */
    private static final Set<Integer> PASSING = Set.of(
            HttpURLConnection.HTTP_UNAUTHORIZED,
            HttpURLConnection.HTTP_CLIENT_TIMEOUT,
            HttpURLConnection.HTTP_CONFLICT,
            429);

    private final RestartTargets workloads;
    private final SecretUse use;
    private final RestartStamp stamp;
    private final Duration patience;

    /**
     * @param client as the operator
     * @param namespace the MountSession's
     * @param use the Secret that the MountSession has published. It must be its own: who uses another's would be restarted
     *     for nothing
     * @param stamp what the workloads are restarted for: another value restarts them again
     * @param patience how long the next workload waits for a rollout
     */
    ConsumerRestarts(KubernetesClient client, String namespace, SecretUse use, String stamp, Duration patience) {
        this.workloads = new RestartTargets(client, namespace);
        this.use = use;
        this.stamp = RestartStamp.of(use.mountSession(), stamp);
        this.patience = patience;
    }

    /**
     * Goes as far as it can without waiting.
     *
     * @param targets the workloads, in the order in which they are restarted
     * @param progress of this MountSession
     * @param now the time
     * @return how far it is; call again until it is settled
     */
    RestartReport proceed(List<WorkloadReference> targets, RestartProgress progress, Instant now) {
        progress.begin(stamp.value());
        List<RestartOutcome> outcomes = new ArrayList<>();
        List<WorkloadReference> patched = new ArrayList<>();
        for (WorkloadReference target : targets) {
            RestartOutcome outcome = new Turn(target, progress, now, patched).take();
            outcomes.add(outcome);
            if (outcome.kind() == Kind.ROLLING) {
                break;
            }
        }
        return new RestartReport(outcomes, patched);
    }

    /** One workload's turn. */
    private final class Turn {
        private final WorkloadReference target;
        private final RestartProgress progress;
        private final Instant now;
        private final List<WorkloadReference> patched;
        private final String name;

        Turn(WorkloadReference target, RestartProgress progress, Instant now, List<WorkloadReference> patched) {
            this.target = target;
            this.progress = progress;
            this.now = now;
            this.patched = patched;
            this.name = target.getKind() + " " + target.getName();
        }

        RestartOutcome take() {
            for (WorkloadKind kind : WorkloadKind.values()) {
                if (kind.value().equals(target.getKind())) {
                    return restart(kind);
                }
            }
            return outcome(Kind.UNKNOWN_KIND, name + " is of a kind that this version of the operator cannot restart");
        }

        private RestartOutcome restart(WorkloadKind kind) {
            try {
                Optional<HasMetadata> workload = workloads.get(kind, target.getName());
                return workload.isPresent() ? restart(workload.get()) : absent();
            } catch (KubernetesClientException e) {
                return switch (e.getCode()) {
                    case HttpURLConnection.HTTP_FORBIDDEN ->
                        outcome(Kind.FORBIDDEN, "The API server does not let the operator restart " + name);
                    // It went between our reading and our writing.
                    case HttpURLConnection.HTTP_NOT_FOUND -> absent();
                    // Such as a webhook that denies it. The answer's text is whoever wrote that webhook's.
                    default ->
                        isFinal(e.getCode())
                                ? outcome(
                                        Kind.REFUSED,
                                        "The API server does not take the restart of " + name + " (HTTP " + e.getCode()
                                                + ")")
                                : outcome(Kind.FAILED, "The API server fails at the restart of " + name);
                };
            }
        }

        /** What comes of the same request again is the same answer. */
        private static boolean isFinal(int code) {
            return code >= 400 && code < 500 && !PASSING.contains(code);
        }

        private RestartOutcome restart(HasMetadata workload) {
            if (workload.getMetadata().getDeletionTimestamp() != null) {
                return outcome(Kind.NOT_FOUND, name + " is being deleted");
            }
            PodTemplateSpec template = RestartTargets.template(workload);
            if (!use.by(RestartTargets.annotations(template), template == null ? null : template.getSpec())) {
                return stranger();
            }
            if (stamp.on(RestartTargets.annotations(template)) || progress.knows(target)) {
                return underWay(Rollout.of(workload));
            }
            workloads.stamp(workload, stamp);
            patched.add(target);
            progress.deadline(target, now, patience);
            // Its status is still of the template before, which says no more than how it replaces its Pods.
            Rollout before = Rollout.of(workload);
            return before == Rollout.COMPLETE ? rolling() : underWay(before);
        }

        private RestartOutcome underWay(Rollout rollout) {
            return switch (rollout) {
                case COMPLETE -> outcome(Kind.RESTARTED, name + " was restarted");
                case ON_DELETE -> onDelete();
                case PAUSED -> outcome(Kind.STUCK, name + " is paused: it replaces its Pods when it is resumed");
                case ROLLING ->
                    isOverdue() ? outcome(Kind.STUCK, name + " has not finished its rollout in time") : rolling();
            };
        }

        private boolean isOverdue() {
            return !now.isBefore(progress.deadline(target, now, patience));
        }

        private RestartOutcome rolling() {
            return outcome(Kind.ROLLING, name + " is rolling out");
        }

        private RestartOutcome onDelete() {
            return outcome(
                    Kind.RESTARTED_ON_DELETE,
                    name + " has update strategy OnDelete: each of its Pods is replaced when somebody deletes it");
        }

        private RestartOutcome absent() {
            return outcome(Kind.NOT_FOUND, name + " does not exist");
        }

        private RestartOutcome stranger() {
            return outcome(
                    Kind.NOT_A_CONSUMER,
                    name + " does not use Secret " + use.secretName()
                            + ": its Pod template names neither the Secret nor, in annotation "
                            + ArtifactsApi.MOUNT_SESSION + ", MountSession " + use.mountSession());
        }

        private RestartOutcome outcome(Kind kind, String words) {
            return new RestartOutcome(target, kind, words);
        }
    }
}
