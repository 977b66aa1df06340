package io.tonbo.artifacts.sandbox.page;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.sandbox.resource.Conditions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a card of a resource: of its spec and status alone, which hold no secret. */
final class CardMaker {
    private static final Pattern ADDRESS = Pattern.compile("artifacts://([^/]+)/.+");

    private final Instant now;

    /**
     * @param now the time
     */
    CardMaker(Instant now) {
        this.now = now;
    }

    /**
     * @param kind such as Workspace
     * @return what the page calls an object
     */
    static String id(String kind, String namespace, String name) {
        return String.valueOf(kind).toLowerCase(Locale.ROOT) + "/" + namespace + "/" + name;
    }

    ObjectCard card(Workspace workspace) {
        WorkspaceStatus status = workspace.getStatus();
        String name = workspace.getMetadata().getName();
        boolean suspended = workspace.getSpec() != null
                && Boolean.TRUE.equals(workspace.getSpec().getSuspend());
        return card(
                workspace,
                name,
                workspace.workspaceName(),
                status == null ? null : account(status.getAddress()),
                suspended,
                null,
                CardFacts.of(workspace));
    }

    ObjectCard card(MountSession session) {
        String workspace = session.getSpec() == null || session.getSpec().getWorkspaceRef() == null
                ? null
                : session.getSpec().getWorkspaceRef().getName();
        boolean suspended = session.getSpec() != null && session.getSpec().suspended();
        return card(session, workspace, null, null, suspended, renewal(session.getStatus()), CardFacts.of(session));
    }

    private ObjectCard card(
            CustomResource<?, ? extends ResourceStatus> object,
            String workspace,
            String remoteName,
            String account,
            boolean suspended,
            ObjectCard.Renewal renewal,
            List<ObjectCard.Fact> facts) {
        String namespace = object.getMetadata().getNamespace();
        String name = object.getMetadata().getName();
        Conditions conditions = Conditions.of(object);
        LastError error = object.getStatus() == null ? null : object.getStatus().getLastError();
        Optional<Condition> ready = conditions.find(ConditionType.READY);
        ObjectCard.Standing standing = standing(object, conditions, suspended);
        return new ObjectCard(
                id(object.getKind(), namespace, name),
                object.getKind(),
                namespace,
                name,
                workspace,
                remoteName,
                account,
                time(object.getMetadata().getCreationTimestamp()),
                standing,
                ready.map(Conditions::status).orElse("Unknown"),
                ready.map(Condition::getReason).orElse("Waiting"),
                ready.map(Condition::getMessage).orElse("The operator has not looked at it yet."),
                error == null ? null : problem(error),
                next(standing, error, renewal),
                renewal,
                conditions.all().stream().map(CardMaker::line).toList(),
                facts);
    }

    private static ObjectCard.Standing standing(CustomResource<?, ?> object, Conditions conditions, boolean suspended) {
        if (object.getMetadata().getDeletionTimestamp() != null) {
            return ObjectCard.Standing.TERMINATING;
        }
        if (suspended) {
            return ObjectCard.Standing.SUSPENDED;
        }
        if (conditions.isTrue(ConditionType.STALLED)) {
            return ObjectCard.Standing.STALLED;
        }
        if (conditions.isTrue(ConditionType.RECONCILING)) {
            return ObjectCard.Standing.RECONCILING;
        }
        if (conditions.isTrue(ConditionType.READY)) {
            return ObjectCard.Standing.READY;
        }
        return conditions.all().isEmpty() ? ObjectCard.Standing.NEW : ObjectCard.Standing.RECONCILING;
    }

    private static ObjectCard.Trouble problem(LastError error) {
        return new ObjectCard.Trouble(
                error.getCode(),
                error.getHttpStatus(),
                error.getReason(),
                error.getSeverity(),
                error.getMessage(),
                error.getHint(),
                RetryForecast.row(error).map(ErrorRow::operatorDoes).orElse(null),
                error.getRequestId(),
                error.getFirstSeen());
    }

    private ObjectCard.NextStep next(ObjectCard.Standing standing, LastError error, ObjectCard.Renewal renewal) {
        if (standing == ObjectCard.Standing.SUSPENDED) {
            return new ObjectCard.NextStep("Nothing, while spec.suspend is true", null, false, null);
        }
        if (error != null) {
            return retry(error, standing);
        }
        return switch (standing) {
            case READY ->
                renewal == null || renewal.renewAt() == null
                        ? new ObjectCard.NextStep(
                                "Compares it with the orchestrator from time to time",
                                null,
                                false,
                                "a change of the object or its Secrets")
                        : renewalStep(renewal);
            case TERMINATING ->
                new ObjectCard.NextStep("Deals with the remote side, then lets it go", null, false, null);
            case NEW -> new ObjectCard.NextStep("Waits for the operator's first look", null, false, null);
            default -> new ObjectCard.NextStep("The operator is at work", null, false, null);
        };
    }

    private ObjectCard.NextStep renewalStep(ObjectCard.Renewal renewal) {
        if (renewal.renewAt().isAfter(now)) {
            return new ObjectCard.NextStep(
                    "Renews the credential", renewal.renewAt(), false, "a change of spec.ttlSeconds");
        }
        return new ObjectCard.NextStep("Is renewing the credential", null, false, null);
    }

    private ObjectCard.NextStep retry(LastError error, ObjectCard.Standing standing) {
        String what =
                standing == ObjectCard.Standing.STALLED ? "Waits for somebody to act; looks again" : "Tries again";
        Optional<ErrorRow> row = RetryForecast.row(error);
        if (row.isEmpty() || error.getFirstSeen() == null) {
            return new ObjectCard.NextStep(what, null, false, null);
        }
        Instant at = RetryForecast.nextTry(row.get().retry(), error.getFirstSeen(), now);
        String sooner = row.get().unblockedBy();
        return new ObjectCard.NextStep(what, at, true, sooner.startsWith("nothing") ? null : sooner);
    }

    private static ObjectCard.Renewal renewal(MountSessionStatus status) {
        if (status == null || status.getSessionId() == null) {
            return null;
        }
        return new ObjectCard.Renewal(
                status.getSessionId(),
                status.getIssuedAt(),
                status.getRenewAt(),
                status.getExpiresAt(),
                status.getPreviousSessions().stream()
                        .map(previous -> new ObjectCard.Previous(previous.getId(), previous.getExpiresAt()))
                        .toList());
    }

    private static ObjectCard.Condition line(Condition condition) {
        return new ObjectCard.Condition(
                condition.getType(),
                Conditions.status(condition),
                condition.getReason(),
                condition.getMessage(),
                condition.getLastTransitionTime());
    }

    private static String account(String address) {
        Matcher matcher = ADDRESS.matcher(String.valueOf(address));
        return matcher.matches() ? matcher.group(1) : null;
    }

    /**
     * @param text RFC 3339, or null
     * @return the time, null if it is none
     */
    static Instant time(String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
