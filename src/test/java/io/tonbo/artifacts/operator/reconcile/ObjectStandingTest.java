package io.tonbo.artifacts.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From an object's spec and status to its state and reason. */
class ObjectStandingTest {
    static MountSession session(boolean deleting, boolean suspended, String conditions) {
        MountSession session = new MountSession();
        session.getMetadata().setName("files");
        session.getMetadata().setNamespace("team");
        session.getMetadata().setDeletionTimestamp(deleting ? "2026-05-01T10:00:00Z" : null);
        MountSessionSpec spec = new MountSessionSpec();
        spec.setSuspend(suspended ? true : null);
        session.setSpec(spec);
        MountSessionStatus status = new MountSessionStatus();
        List<Condition> all = new ArrayList<>();
        for (String each : conditions.isEmpty() ? new String[0] : conditions.split(" ", -1)) {
            String[] parts = each.split("[=:]", 3);
            Condition condition = new Condition();
            condition.setType(parts[0]);
            condition.setStatus(ConditionStatus.valueOf(parts[1]));
            condition.setReason(parts[2]);
            all.add(condition);
        }
        status.setConditions(all);
        session.setStatus(status);
        return session;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                                  | UNSEEN          | None",
                "Ready=TRUE:CredentialPublished                                      | READY           | CredentialPublished",
                "Ready=TRUE:CredentialPublished Renewed=TRUE:CredentialCurrent       | READY           | CredentialPublished",
                "Ready=TRUE:CredentialPublished Renewed=FALSE:Unauthorized           | RENEWAL_BLOCKED | Unauthorized",
                "Ready=FALSE:Unauthorized Renewed=FALSE:Unauthorized                 | NOT_READY       | Unauthorized",
                "Ready=FALSE:Unauthorized Stalled=TRUE:Unauthorized                  | STALLED         | Unauthorized",
                "Ready=FALSE:WorkspaceNotReady Reconciling=TRUE:WorkspaceNotReady    | RECONCILING     | WorkspaceNotReady",
                "Ready=TRUE:CredentialPublished Reconciling=TRUE:RateLimited         | READY           | CredentialPublished",
                "Ready=FALSE:WorkspaceNotActive                                      | NOT_READY       | WorkspaceNotActive",
                "Ready=FALSE:OfAnotherVersion                                        | NOT_READY       | Other",
                "Stalled=TRUE:Unauthorized                                           | UNSEEN          | None",
            })
    void itsConditionsSayHowItStands(String conditions, ObjectStanding.State state, String reason) {
        assertThat(ObjectStanding.of(session(false, false, conditions))).isEqualTo(new ObjectStanding(state, reason));
    }

    @Test
    void whatIsSuspendedIsThatWhateverElseItIs() {
        assertThat(ObjectStanding.of(session(false, true, "Ready=FALSE:Unauthorized Stalled=TRUE:Unauthorized")))
                .isEqualTo(new ObjectStanding(ObjectStanding.State.SUSPENDED, "Unauthorized"));
    }

    @Test
    void whatIsBeingDeletedSaysWhatHoldsItUp() {
        assertThat(ObjectStanding.of(session(true, true, "Ready=FALSE:Unauthorized Stalled=TRUE:DeletionBlocked")))
                .isEqualTo(new ObjectStanding(ObjectStanding.State.TERMINATING, "DeletionBlocked"));
        assertThat(ObjectStanding.of(session(true, false, "")))
                .isEqualTo(new ObjectStanding(ObjectStanding.State.TERMINATING, "None"));
    }

    @Test
    void anObjectWithoutStatusIsUnseen() {
        MountSession session = session(false, false, "");
        session.setStatus(null);

        assertThat(ObjectStanding.of(session).state()).isEqualTo(ObjectStanding.State.UNSEEN);
    }
}
