package io.tonbo.artifacts.operator.mountsession;

import static io.tonbo.artifacts.operator.mountsession.Situations.given;
import static io.tonbo.artifacts.operator.problem.ProblemType.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.*;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Drift;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Held;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the MountSession table for an object that is wanted, with what it must not be confused with. */
class MountSessionTableTest {

    static Stream<Arguments> restingSessions() {
        return Stream.of(
                arguments("M6", given().published().workspace(WorkspaceUse.VOID), new Fail(WORKSPACE_NO_LONGER_ACTIVE)),
                arguments("M6", given().workspace(WorkspaceUse.VOID).suspended(), new Fail(WORKSPACE_NO_LONGER_ACTIVE)),
                // Opened in the workspace that took the name: it must not live on.
                arguments("M6", given().workspace(WorkspaceUse.VOID).inMemory(Held.UNFIT), new Revoke(Which.HELD)),
                arguments("M7", given().published().suspended(), new StandBy()),
                arguments("M7", given().published().due().reissueAsked().suspended(), new StandBy()),
                arguments("M7", given().expired().suspended(), new StandBy()),
                arguments("M7", given().inMemory(Held.UNFIT).suspended(), new StandBy()));
    }

    static Stream<Arguments> liveSessions() {
        return Stream.of(
                arguments("M8", given().published().reissueAsked(), new Issue(IssueReason.REISSUE)),
                arguments("M8", given().published().due().reissueAsked(), new Issue(IssueReason.REISSUE)),
                arguments("M8", given().published().reissueAsked().inMemory(Held.FIT), new PublishFromMemory()),
                arguments("M8", given().published().condemned().restartsPending(), new RestartConsumers()),
                arguments("M8", given().published().condemned(), new Revoke(Which.REPLACED)),
                arguments("M8", given().published().due().condemned().noKeys(), new Revoke(Which.REPLACED)),
                arguments("M9", given().published().drift(Drift.KEYS), new RewriteSecret(true)),
                arguments("M9", given().published().drift(Drift.COSMETIC), new RewriteSecret(false)),
                arguments("M9", given().published().due().drift(Drift.KEYS).outage(), new RewriteSecret(true)),
                arguments("M11", given().published().due().outage(), new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments("M11", given().published().reissueAsked().outage(), new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments("M11", given().published().due().workspace(WorkspaceUse.ABSENT), new Fail(WORKSPACE_ABSENT)),
                arguments(
                        "M11",
                        given().published()
                                .due()
                                .workspace(WorkspaceUse.NOT_ACTIVE)
                                .noConnection(UNAUTHORIZED),
                        new Fail(WORKSPACE_NOT_READY)),
                arguments("M11", given().published().due().noConnection(UNAUTHORIZED), new Fail(UNAUTHORIZED)),
                arguments("M11", given().published().due().noKeys(), new Fail(SESSION_STORAGE_CREDENTIALS_MISSING)),
                arguments("M11", given().published().due().remote(SESSION_TOO_SHORT), new Fail(SESSION_TOO_SHORT)),
                arguments(
                        "M11",
                        given().published().due().inMemory(Held.FIT).notPublishable(METADATA_UNREACHABLE),
                        new Fail(METADATA_UNREACHABLE)),
                // A leaked credential that could not be revoked yet is worth saying.
                arguments("M11", given().published().condemned().outage(), new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments("M11", given().published().condemned().outage().restartsPending(), new RestartConsumers()),
                arguments("M11", given().published().due().outage().restartsPending(), new RestartConsumers()),
                arguments("M12", given().published().due(), new Issue(IssueReason.DUE)),
                arguments("M12", given().published().due().workspaceTerminating(), new Issue(IssueReason.DUE)),
                // Where revoking keeps failing, the renewal comes first.
                arguments("M12", given().published().due().condemned(), new Issue(IssueReason.DUE)),
                arguments("M12", given().published().due().inMemory(Held.FIT), new PublishFromMemory()),
                arguments(
                        "M12",
                        given().published().due().inMemory(Held.FIT).outage().noConnection(UNAUTHORIZED),
                        new PublishFromMemory()),
                arguments("M12", given().published().due().inMemory(Held.UNFIT), new Revoke(Which.HELD)),
                arguments("M13", given().published(), new StayReady()),
                arguments("M13", given().published().outage(), new StayReady()),
                arguments("M13", given().published().noConnection(UNAUTHORIZED), new StayReady()),
                arguments("M13", given().published().workspace(WorkspaceUse.ABSENT), new StayReady()),
                arguments("M13", given().published().workspaceTerminating(), new StayReady()),
                arguments("M13", given().published().claimedByOlder(), new StayReady()),
                arguments("M13", given().published().drift(Drift.KEYS).noKeys(), new StayReady()),
                arguments("M13", given().published().restartsPending(), new RestartConsumers()),
                arguments("M13", given().published().inMemory(Held.FIT), new Revoke(Which.HELD)),
                arguments("M13", given().published().inMemory(Held.FIT).outage(), new StayReady()));
    }

    static Stream<Arguments> sessionsToPublish() {
        return Stream.of(
                arguments("M14", given().target(Target.FOREIGN), new Fail(MOUNT_TARGET_IN_USE)),
                arguments("M14", given().target(Target.FOREIGN).targetTerminating(), new Fail(MOUNT_TARGET_IN_USE)),
                arguments("M14", given().claimedByOlder(), new Fail(MOUNT_TARGET_IN_USE)),
                arguments("M14", given().target(Target.FOREIGN).inMemory(Held.FIT), new Revoke(Which.HELD)),
                arguments(
                        "M14",
                        given().target(Target.FOREIGN).inMemory(Held.FIT).outage(),
                        new Fail(MOUNT_TARGET_IN_USE)),
                arguments("M15", given().published().targetTerminating(), new Fail(MOUNT_TARGET_TERMINATING)),
                arguments("M15", given().published().due().targetTerminating(), new Fail(MOUNT_TARGET_TERMINATING)),
                arguments("M17", given().workspace(WorkspaceUse.ABSENT), new Fail(WORKSPACE_ABSENT)),
                arguments("M17", given().workspace(WorkspaceUse.NOT_ACTIVE), new Fail(WORKSPACE_NOT_READY)),
                arguments("M17", given().workspaceTerminating(), new Fail(WORKSPACE_TERMINATING)),
                arguments("M17", given().workspaceTerminating().inMemory(Held.FIT), new Revoke(Which.HELD)),
                arguments("M18", given().noConnection(MALFORMED_TOKEN).noKeys(), new Fail(MALFORMED_TOKEN)),
                arguments("M19", given().noKeys().outage(), new Fail(SESSION_STORAGE_CREDENTIALS_MISSING)),
                arguments("M20", given().outage(), new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments("M20", given().remote(SESSION_TOO_SHORT), new Fail(SESSION_TOO_SHORT)),
                arguments("M20", given().inMemory(Held.FIT).outage(), new PublishFromMemory()),
                arguments("M20", given().inMemory(Held.UNFIT).outage(), new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments(
                        "M20",
                        given().inMemory(Held.FIT).notPublishable(METADATA_UNREACHABLE),
                        new Fail(METADATA_UNREACHABLE)),
                arguments("M21", given().session(Situations.FRESH), new Issue(IssueReason.LOST)),
                arguments("M21", given().published().target(Target.CHANGED), new Issue(IssueReason.LOST)),
                arguments("M21", given().session(Situations.FRESH).restoredLately(), new WaitToRestore()),
                arguments(
                        "M21",
                        given().session(Situations.FRESH).restoredLately().inMemory(Held.FIT),
                        new PublishFromMemory()),
                arguments("M22", given(), new Issue(IssueReason.FIRST)),
                arguments("M22", given().expired().target(Target.INTACT), new Issue(IssueReason.EXPIRED)),
                arguments("M22", given().expired().target(Target.CHANGED), new Issue(IssueReason.EXPIRED)),
                arguments("M22", given().expired().restoredLately(), new Issue(IssueReason.EXPIRED)),
                arguments("M22", given().target(Target.CHANGED), new Issue(IssueReason.FIRST)),
                // The Secret is ours: that somebody older would like its name does not take it from us.
                arguments(
                        "M22",
                        given().expired().target(Target.INTACT).claimedByOlder(),
                        new Issue(IssueReason.EXPIRED)),
                arguments("M22", given().published().ofAnotherWorkspace(), new Issue(IssueReason.MOVED)),
                arguments("M22", given().inMemory(Held.FIT), new PublishFromMemory()),
                arguments("M22", given().inMemory(Held.FIT).noConnection(UNAUTHORIZED), new PublishFromMemory()),
                arguments("M22", given().inMemory(Held.UNFIT), new Revoke(Which.HELD)));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource({"restingSessions", "liveSessions", "sessionsToPublish"})
    void decides(String row, Situations given, Action expected) {
        MountSessionDecision decision = MountSessionTable.decide(given.build());
        assertThat(decision.row()).isEqualTo(row);
        assertThat(decision.action()).isEqualTo(expected);
    }
}
