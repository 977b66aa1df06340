package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All cases of a MountSession, and why some rows of the catalogue have none. */
public final class SessionRows {
    private static final String WORKSPACE = "speaks of a Workspace's create, adoption or look; its sessions tell "
            + "WorkspaceNotReady or WorkspaceNotActive";
    private static final String UNREADABLE = "needs an API server of its own that refuses: UnreadableForSessionsIT";
    private static final String RESTRICTED = "needs an administrator who takes a permission back: RestrictedOperatorIT";
    private static final String END = "needs a credential that has ended, or was restored just now: CredentialEndIT";
    private static final String DELETION = "is a Workspace's deletion";

    private SessionRows() {}

    static List<SessionRow> ofAnOrchestratorThatAnswers() {
        return Stream.of(
                        SessionConnectionRows.all(),
                        SessionAnswerRows.all(),
                        SessionVolumeRows.all(),
                        SessionClusterRows.all())
                .flatMap(List::stream)
                .toList();
    }

    static List<SessionRow> ofAnOrchestratorThatDoesNot() {
        return SessionAnswerRows.ofAnOrchestratorThatDoesNot();
    }

    static List<SessionRow> all() {
        return Stream.concat(ofAnOrchestratorThatAnswers().stream(), ofAnOrchestratorThatDoesNot().stream())
                .toList();
    }

    /** The names of all cases. */
    public static List<String> names() {
        return all().stream().map(SessionRow::name).toList();
    }

    /** Rows that a case here provokes. */
    public static Set<ProblemType> provoked() {
        return all().stream().map(SessionRow::type).collect(Collectors.toSet());
    }

    /** Rows that no case here provokes, and the reason. */
    public static Map<ProblemType, String> withoutACase() {
        Map<ProblemType, String> reasons = new EnumMap<>(ProblemType.class);
        reasons.put(ProblemType.SUSPENDED, END);
        reasons.put(ProblemType.SECRET_RESTORED, END);
        reasons.put(ProblemType.CONNECTION_SECRET_UNREADABLE, UNREADABLE);
        reasons.put(ProblemType.STORAGE_CREDENTIALS_UNREADABLE, UNREADABLE);
        reasons.put(ProblemType.ENDPOINT_NOT_ALLOWED, RESTRICTED);
        reasons.put(ProblemType.CONNECTION_NOT_ALLOWED, RESTRICTED);
        reasons.put(ProblemType.ORCHESTRATOR_TLS, "is the same client as a Workspace's: OrchestratorOutageIT");
        reasons.put(ProblemType.OPERATOR_FAULT, "is a defect of the operator; no known cause is left in");
        Stream.of(
                        ProblemType.WORKSPACE_EXISTS,
                        ProblemType.WORKSPACE_EXISTS_STORAGE_DIFFERS,
                        ProblemType.WORKSPACE_HELD_BY_ANOTHER,
                        ProblemType.WORKSPACE_NAME_STILL_DELETED,
                        ProblemType.WORKSPACE_NOT_COMPLETABLE,
                        ProblemType.SETTING_KEY_MISSING,
                        ProblemType.WORKSPACE_GONE,
                        ProblemType.WORKSPACE_DELETING,
                        ProblemType.WORKSPACE_STATE_UNEXPECTED,
                        ProblemType.UNKNOWN_STATE,
                        ProblemType.STORAGE_MISMATCH,
                        ProblemType.ADOPTION_UNPROVEN,
                        ProblemType.VOLUME_FOREIGN,
                        ProblemType.FORMAT_GRANT_MISSING,
                        ProblemType.STORAGE_CREDENTIALS_MISSING,
                        ProblemType.BUCKET_PREFIX_NOT_EMPTY)
                .forEach(type -> reasons.put(type, WORKSPACE));
        Stream.of(
                        ProblemType.IN_USE,
                        ProblemType.DELETION_BLOCKED,
                        ProblemType.DELETION_STATE_UNKNOWN,
                        ProblemType.DELETION_KEEPS_FAILING)
                .forEach(type -> reasons.put(type, DELETION));
        return reasons;
    }
}
