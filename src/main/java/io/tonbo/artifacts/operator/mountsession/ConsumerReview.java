package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.PreviousSession;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.status.Announcement;
import io.tonbo.artifacts.operator.status.StatusReport;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who still runs on an older credential, and until when: condition ConsumersCurrent. Pods are listed when a credential was
 * replaced and as long as somebody is behind, never watched.
 */
final class ConsumerReview {
    private static final int MOST_NAMED = 5;
    private static final StatusReport.Fact NONE_OLDER = fact(
            ConditionStatus.TRUE, "NoOlderCredential", "No Pod can have an older credential: this is the first one.");

    private final SessionPass pass;
    private final ReconcilerServices services;
    private final SessionView view;
    private final SessionFindings found;

    ConsumerReview(SessionPass pass, ReconcilerServices services) {
        this.pass = pass;
        this.services = services;
        this.view = pass.view();
        this.found = pass.found();
    }

    private static StatusReport.Fact fact(ConditionStatus status, String reason, String message) {
        return new StatusReport.Fact(ConditionType.CONSUMERS_CURRENT, status, reason, message);
    }

    private Optional<Condition> before() {
        return view.status().getConditions().stream()
                .filter(condition -> ConditionType.CONSUMERS_CURRENT.equals(condition.getType()))
                .findFirst();
    }

    /**
     * @return what to say; empty when what was said before holds
     */
    Optional<StatusReport.Fact> review() {
        if (found.first) {
            return Optional.of(NONE_OLDER);
        }
        boolean settled =
                before().filter(c -> c.getStatus() == ConditionStatus.TRUE).isPresent();
        // What was published may be known from the record alone: a pass that published it may have ended without a
        // status.
        boolean reviewed = pass.record().stamp().equals(view.status().getRestartedFor());
        if (settled && reviewed && !found.replaced && found.restarts == null) {
            return Optional.empty();
        }
        StatusReport.Fact fact = look();
        announce(fact);
        return Optional.of(fact);
    }

    private StatusReport.Fact look() {
        SessionRecord record = pass.record();
        List<String> stale;
        try {
            Instant published = record.publishedAt() == null ? record.issuedAt() : record.publishedAt();
            stale = new StalePods(view.secretUse(), published, RestartStamp.of(view.name(), record.stamp()))
                    .among(services.client()
                            .pods()
                            .inNamespace(view.namespace())
                            .list()
                            .getItems());
        } catch (KubernetesClientException e) {
            String why = e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                    ? "The operator may not list Pods in this namespace (RBAC: list pods)."
                    : "The API server does not tell which Pods there are.";
            return fact(ConditionStatus.UNKNOWN, "PodsNotReadable", why + restarts());
        }
        if (stale.isEmpty()) {
            return fact(ConditionStatus.TRUE, "AllCurrent", "No Pod runs with an older credential." + restarts());
        }
        boolean underWay = found.restarts != null && !found.restarts.settled();
        return fact(
                ConditionStatus.FALSE,
                underWay ? "Restarting" : "OlderCredentialInUse",
                names(stale) + " with an older credential, " + works(underWay) + restarts());
    }

    private static String names(List<String> pods) {
        String named = pods.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = pods.size() - MOST_NAMED;
        return (pods.size() == 1 ? "Pod " : "Pods ")
                + named
                + (more > 0 ? " and " + more + " more run" : "")
                + (more > 0 ? "" : pods.size() == 1 ? " runs" : " run");
    }

    private String works(boolean underWay) {
        Optional<Instant> end = endOfLast();
        String until = end.map(last -> "which ends at " + last + ".").orElse("which does not work any more.");
        if (underWay || !view.spec().getRolloutRestartTargets().isEmpty()) {
            return until;
        }
        return until + " Restart them" + (end.isPresent() ? " before that" : "")
                + ", or name their workload in spec.rolloutRestartTargets.";
    }

    /** When the last of the older credentials that still work ends. */
    private Optional<Instant> endOfLast() {
        Instant serverNow = pass.now().plus(pass.serverAhead());
        return pass.sessions().previous(serverNow, pass.heldId()).stream()
                .filter(session -> !pass.sessions().condemned().contains(session.getId()))
                .reduce((first, last) -> last)
                .map(PreviousSession::getExpiresAt);
    }

    /** What came of each workload that is to be restarted; those that were are not worth a word. */
    private String restarts() {
        if (found.restarts == null) {
            return "";
        }
        return found.restarts.outcomes().stream()
                .filter(outcome -> outcome.kind() != RestartOutcome.Kind.RESTARTED)
                .map(outcome -> " " + outcome.words() + ".")
                .collect(Collectors.joining());
    }

    /** Once for each credential: who does not look at conditions reads events. */
    private void announce(StatusReport.Fact fact) {
        boolean said = before().filter(
                        c -> c.getStatus() == fact.status() && c.getReason().equals(fact.reason()))
                .isPresent();
        boolean another = found.replaced
                || !pass.record().sessionId().equals(view.status().getSessionId());
        if ((another || !said) && "OlderCredentialInUse".equals(fact.reason())) {
            pass.news().add(new Announcement(true, "ConsumersOutdated", "Review", fact.message()));
        }
        if (found.restarts != null) {
            found.restarts.outcomes().stream()
                    .filter(outcome -> failed(outcome.kind()))
                    .filter(outcome -> before().filter(c -> c.getMessage().contains(outcome.words()))
                            .isEmpty())
                    .forEach(outcome -> pass.news()
                            .add(new Announcement(true, "ConsumerNotRestarted", "Restart", outcome.words() + ".")));
        }
    }

    private static boolean failed(RestartOutcome.Kind kind) {
        return kind != RestartOutcome.Kind.RESTARTED
                && kind != RestartOutcome.Kind.RESTARTED_ON_DELETE
                && kind != RestartOutcome.Kind.ROLLING;
    }
}
