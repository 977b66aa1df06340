package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All cases, and why some rows of the catalogue have none. */
public final class ProblemRows {
    private static final String SESSIONS = "is a MountSession's";
    private static final String UNREADABLE = "needs an API server of its own that refuses: UnreadableSecretsIT";

    private ProblemRows() {}

    static ProblemRow<ProblemPlay> row(String name, ProblemType type) {
        return ProblemRow.of(name, type);
    }

    static List<ProblemRow<ProblemPlay>> ofAnOrchestratorThatAnswers() {
        return Stream.of(ConnectionRows.all(), AnswerRows.all(), BucketRows.all(), VolumeRows.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Every case. */
    public static List<ProblemRow<ProblemPlay>> all() {
        return Stream.concat(ofAnOrchestratorThatAnswers().stream(), TransportRows.all().stream())
                .toList();
    }

    /** Rows that no case here provokes, and the reason. */
    public static Map<ProblemType, String> withoutACase() {
        Map<ProblemType, String> reasons = new EnumMap<>(ProblemType.class);
        reasons.put(ProblemType.ORCHESTRATOR_TLS, "needs an operator of its own: OrchestratorOutageIT");
        reasons.put(ProblemType.OPERATOR_FAULT, "is a defect of the operator; no known cause is left in");
        reasons.put(ProblemType.CONNECTION_SECRET_UNREADABLE, UNREADABLE);
        reasons.put(ProblemType.STORAGE_CREDENTIALS_UNREADABLE, UNREADABLE);
        reasons.put(ProblemType.IN_USE, "needs MountSessions that refer to the Workspace: MountSessionLifeIT");
        reasons.put(ProblemType.WORKSPACE_NO_LONGER_ACTIVE, SESSIONS);
        reasons.put(ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING, SESSIONS);
        reasons.put(ProblemType.SESSION_VOLUME_FOREIGN, SESSIONS);
        reasons.put(ProblemType.MOUNT_TARGET_IN_USE, SESSIONS);
        reasons.put(ProblemType.MOUNT_TARGET_TERMINATING, SESSIONS);
        reasons.put(ProblemType.SECRET_NOT_WRITABLE, SESSIONS);
        reasons.put(ProblemType.WORKSPACE_ABSENT, SESSIONS);
        reasons.put(ProblemType.WORKSPACE_NOT_READY, SESSIONS);
        reasons.put(ProblemType.WORKSPACE_TERMINATING, SESSIONS);
        reasons.put(ProblemType.SESSION_TOO_SHORT, SESSIONS);
        reasons.put(ProblemType.SECRET_RESTORED, SESSIONS);
        reasons.put(ProblemType.SUSPENDED, SESSIONS + "; a suspended Workspace has no failure, only a reason of Ready");
        return reasons;
    }
}
