package io.tonbo.artifacts.operator.workspace;

import static io.tonbo.artifacts.operator.problem.ProblemType.*;
import static io.tonbo.artifacts.operator.workspace.Observations.given;
import static io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tonbo.artifacts.operator.workspace.WorkspaceDecision.*;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Remote;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Setting;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the Workspace table for an object that is being deleted. */
class WorkspaceTableDeletionTest {

    static Stream<Arguments> deletions() {
        return Stream.of(
                arguments("W1", given().deleting().abandoned().sessions("s"), new Release(Farewell.ABANDONED)),
                arguments("W2", given().deleting().sessions("s").recorded(Recorded.ACTIVE), new Fail(IN_USE)),
                arguments(
                        "W3",
                        given().deleting().recorded(Recorded.ACTIVE).noConnection(UNAUTHORIZED),
                        new Release(Farewell.RETAINED)),
                arguments("W4", given().deleting().noConnection(UNAUTHORIZED), new Fail(UNAUTHORIZED)),
                arguments(
                        "W4",
                        given().deleting().noConnection(UNAUTHORIZED).after(true, false),
                        new Release(Farewell.LEFT_BEHIND)),
                arguments(
                        "W4",
                        given().deleting()
                                .policyDelete()
                                .recorded(Recorded.ACTIVE)
                                .noConnection(UNAUTHORIZED)
                                .after(true, true),
                        new Fail(DELETION_BLOCKED)),
                // Without a record there is at most an empty reservation: not worth a person's time.
                arguments(
                        "W4",
                        given().deleting()
                                .policyDelete()
                                .noConnection(CONNECTION_SECRET_MISSING)
                                .after(true, true),
                        new Release(Farewell.LEFT_BEHIND)),
                arguments(
                        "W4",
                        given().deleting()
                                .policyDelete()
                                .recorded(Recorded.ACTIVE)
                                .noConnection(CONNECTION_SECRET_MISSING)
                                .namespaceTerminating(),
                        new Release(Farewell.LEFT_BEHIND)),
                arguments("W5", given().deleting().remote(Remote.NOT_OBSERVED), new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments(
                        "W5",
                        given().deleting().remote(Remote.NOT_OBSERVED).after(false, true),
                        new Release(Farewell.LEFT_BEHIND)),
                arguments(
                        "W5",
                        given().deleting()
                                .policyDelete()
                                .recorded(Recorded.ACTIVE)
                                .remote(Remote.NOT_OBSERVED)
                                .after(false, true),
                        new Fail(DELETION_KEEPS_FAILING)),
                // Nothing is recorded: at most an empty reservation stays.
                arguments(
                        "W5",
                        given().deleting()
                                .policyDelete()
                                .remote(Remote.NOT_OBSERVED)
                                .after(false, true),
                        new Release(Farewell.LEFT_BEHIND)),
                arguments(
                        "W5",
                        given().deleting()
                                .policyDelete()
                                .namespaceTerminating()
                                .remote(Remote.NOT_OBSERVED)
                                .after(false, true),
                        new Release(Farewell.LEFT_BEHIND)),
                arguments("W6", given().deleting().fromTheSharedList(), new Confirm()),
                arguments("W6", given().deleting().reserveInFlight(), new WaitOutReserve()),
                arguments("W6", given().deleting(), new Release(Farewell.GONE)),
                arguments(
                        "W6",
                        given().deleting()
                                .reserveInFlight()
                                .recorded(Recorded.PENDING)
                                .remote(Remote.DELETED),
                        new Release(Farewell.GONE)),
                arguments(
                        "W7",
                        given().deleting()
                                .policyDelete()
                                .recorded(Recorded.ACTIVE)
                                .remote(Remote.ACTIVE)
                                .otherId(),
                        new Release(Farewell.REPLACED)),
                // Deleted after the claim was discarded and the name reserved anew: the reservation goes with the
                // object.
                arguments(
                        "W11",
                        given().deleting()
                                .recorded(Recorded.PENDING)
                                .remote(Remote.PENDING)
                                .otherId()
                                .mine(Known.YES),
                        new DeleteRemote(false)),
                arguments(
                        "W8",
                        given().deleting().policyDelete().remote(Remote.UNKNOWN),
                        new Fail(DELETION_STATE_UNKNOWN)),
                arguments(
                        "W9",
                        given().deleting().recorded(Recorded.PENDING).remote(Remote.DELETING),
                        new Fail(WORKSPACE_DELETING)),
                arguments(
                        "W9",
                        given().deleting()
                                .recorded(Recorded.PENDING)
                                .remote(Remote.DELETING)
                                .after(false, true),
                        new Release(Farewell.LEFT_BEHIND)),
                arguments("W9", given().deleting().remote(Remote.DELETING), new Release(Farewell.GONE)),
                arguments(
                        "W10", given().deleting().recorded(Recorded.PENDING).remote(Remote.PENDING), new ReadSetting()),
                arguments(
                        "W10",
                        given().deleting()
                                .recorded(Recorded.PENDING)
                                .remote(Remote.PENDING)
                                .setting(Setting.OURS),
                        new DeleteRemote(false)),
                arguments(
                        "W10",
                        given().deleting()
                                .recorded(Recorded.PENDING)
                                .remote(Remote.PENDING)
                                .setting(Setting.ABSENT),
                        new DeleteRemote(true)),
                arguments(
                        "W12",
                        given().deleting()
                                .recorded(Recorded.PENDING)
                                .remote(Remote.PENDING)
                                .setting(Setting.FOREIGN),
                        new Release(Farewell.NOT_OURS)),
                arguments(
                        "W10",
                        given().deleting()
                                .policyDelete()
                                .recorded(Recorded.ACTIVE)
                                .remote(Remote.ACTIVE),
                        new DeleteRemote(false)),
                arguments(
                        "W12",
                        given().deleting()
                                .policyDelete()
                                .recorded(Recorded.ACTIVE)
                                .remote(Remote.ACTIVE)
                                .rivalKeepsTheId(),
                        new Release(Farewell.HELD_BY_ANOTHER)),
                // Claimed once, then taken over: however old we are, it is theirs.
                arguments(
                        "W12",
                        given().deleting()
                                .policyDelete()
                                .recorded(Recorded.PENDING)
                                .remote(Remote.ACTIVE)
                                .rival(),
                        new Release(Farewell.HELD_BY_ANOTHER)),
                arguments(
                        "W12",
                        given().deleting().recorded(Recorded.PENDING).remote(Remote.ACTIVE),
                        new Release(Farewell.RETAINED)),
                arguments(
                        "W10",
                        given().deleting()
                                .policyDelete()
                                .recorded(Recorded.ACTIVE)
                                .remote(Remote.ACTIVE)
                                .rival(),
                        new DeleteRemote(false)),
                arguments("W11", given().deleting().remote(Remote.PENDING), new ReadBucketUuid()),
                arguments("W11", given().deleting().remote(Remote.PENDING).mine(Known.YES), new DeleteRemote(false)),
                arguments(
                        "W11",
                        given().deleting().remote(Remote.PENDING).mine(Known.NO).young(),
                        new ReadSetting()),
                arguments(
                        "W11",
                        given().deleting()
                                .remote(Remote.PENDING)
                                .mine(Known.NO)
                                .young()
                                .setting(Setting.ABSENT),
                        new DeleteRemote(true)),
                arguments(
                        "W12",
                        given().deleting()
                                .remote(Remote.PENDING)
                                .mine(Known.NO)
                                .young()
                                .setting(Setting.FOREIGN),
                        new Release(Farewell.NOT_OURS)),
                arguments(
                        "W12",
                        given().deleting().remote(Remote.PENDING).mine(Known.NO),
                        new Release(Farewell.NOT_OURS)),
                arguments(
                        "W12",
                        given().deleting().remote(Remote.PENDING).young().rival(),
                        new Release(Farewell.NOT_OURS)),
                arguments(
                        "W11",
                        given().deleting().policyDelete().remote(Remote.ACTIVE).mine(Known.YES),
                        new DeleteRemote(false)),
                arguments(
                        "W12",
                        given().deleting().policyDelete().remote(Remote.ACTIVE).mine(Known.NO),
                        new Release(Farewell.NOT_OURS)),
                arguments("W12", given().deleting().remote(Remote.ACTIVE), new Release(Farewell.NOT_OURS)));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("deletions")
    void decides(String row, Observations given, Action expected) {
        assertThat(WorkspaceTable.decide(given.build())).isEqualTo(new WorkspaceDecision(row, expected));
    }
}
