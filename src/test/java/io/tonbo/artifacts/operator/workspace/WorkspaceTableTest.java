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

/** Each row of the Workspace table for an object that is wanted, with what it must not be confused with. */
class WorkspaceTableTest {

    static Stream<Arguments> lives() {
        return Stream.of(
                arguments("W13", given().suspended().noConnection(UNAUTHORIZED), new StandBy()),
                arguments("W14", given().noConnection(CONNECTION_SECRET_MISSING), new Fail(CONNECTION_SECRET_MISSING)),
                arguments("W15", given().noConnection(CONNECTION_NOT_ALLOWED), new Fail(CONNECTION_NOT_ALLOWED)),
                arguments("W15", given().noConnection(MALFORMED_TOKEN), new Fail(MALFORMED_TOKEN)),
                arguments(
                        "W15",
                        given().noConnection(UNAUTHORIZED)
                                .recorded(Recorded.ACTIVE)
                                .remote(Remote.NOT_OBSERVED),
                        new Fail(UNAUTHORIZED)),
                arguments("W16", given().recorded(Recorded.ACTIVE).remote(Remote.NOT_OBSERVED), new KeepAsItIs()),
                arguments("W17", given().remote(Remote.NOT_OBSERVED), new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments(
                        "W17",
                        given().recorded(Recorded.PENDING).remote(Remote.NOT_OBSERVED),
                        new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments("W18", given().recorded(Recorded.ACTIVE).remote(Remote.UNKNOWN), new Fail(UNKNOWN_STATE)),
                arguments(
                        "W19",
                        given().recorded(Recorded.ACTIVE).remote(Remote.ACTIVE).otherId(),
                        new Fail(WORKSPACE_REPLACED)),
                arguments(
                        "W19",
                        given().recorded(Recorded.ACTIVE)
                                .remote(Remote.ACTIVE)
                                .otherId()
                                .fromTheSharedList(),
                        new Confirm()),
                // Our claim is gone and was never active: what is there now is judged as if nothing were recorded.
                arguments(
                        "W33",
                        given().recorded(Recorded.PENDING)
                                .remote(Remote.PENDING)
                                .otherId()
                                .young(),
                        new Format()),
                arguments(
                        "W32",
                        given().recorded(Recorded.PENDING)
                                .remote(Remote.ACTIVE)
                                .otherId()
                                .mine(Known.NO),
                        new Fail(WORKSPACE_EXISTS)),
                arguments("W20", given().recorded(Recorded.ACTIVE).fromTheSharedList(), new Confirm()),
                arguments("W20", given().recorded(Recorded.ACTIVE), new Fail(WORKSPACE_GONE)),
                arguments("W20", given().recorded(Recorded.ACTIVE).remote(Remote.DELETING), new Fail(WORKSPACE_GONE)),
                arguments("W21", given().remote(Remote.DELETING), new Fail(WORKSPACE_DELETING)),
                arguments("W22", given(), new Reserve()),
                arguments("W22", given().recorded(Recorded.PENDING).remote(Remote.DELETED), new Reserve()),
                arguments("W23", given().remote(Remote.ACTIVE).rival(), new Yield()),
                arguments(
                        "W23",
                        given().recorded(Recorded.PENDING)
                                .remote(Remote.PENDING)
                                .rival(),
                        new Yield()),
                arguments(
                        "W23",
                        given().recorded(Recorded.PENDING)
                                .remote(Remote.PENDING)
                                .sole(Known.NO),
                        new Yield()),
                arguments(
                        "W23",
                        given().recorded(Recorded.PENDING).remote(Remote.ACTIVE).sole(Known.NO),
                        new Yield()),
                arguments(
                        "W24",
                        given().recorded(Recorded.PENDING)
                                .remote(Remote.PENDING)
                                .otherStorage(),
                        new ReadSetting()),
                arguments(
                        "W24",
                        given().recorded(Recorded.PENDING)
                                .remote(Remote.PENDING)
                                .otherStorage()
                                .setting(Setting.OURS),
                        new DeleteRemote(false)),
                // Recorded to be taken over, never confirmed: still theirs.
                arguments(
                        "W29",
                        given().recorded(Recorded.PENDING)
                                .remote(Remote.PENDING)
                                .otherStorage()
                                .setting(Setting.FOREIGN),
                        new Fail(WORKSPACE_EXISTS_STORAGE_DIFFERS)),
                arguments(
                        "W25",
                        given().recorded(Recorded.PENDING).remote(Remote.ACTIVE).otherStorage(),
                        new Fail(STORAGE_MISMATCH)),
                arguments("W26", given().recorded(Recorded.PENDING).remote(Remote.ACTIVE), new CheckHolders()),
                arguments(
                        "W26",
                        given().recorded(Recorded.PENDING).remote(Remote.ACTIVE).sole(Known.YES),
                        new BeReady()),
                arguments("W26", given().recorded(Recorded.ACTIVE).remote(Remote.ACTIVE), new BeReady()),
                arguments(
                        "W26",
                        given().recorded(Recorded.ACTIVE).remote(Remote.ACTIVE).rival(),
                        new BeReady()),
                arguments(
                        "W26",
                        given().recorded(Recorded.ACTIVE).remote(Remote.ACTIVE).rivalKeepsTheId(),
                        new Fail(WORKSPACE_HELD_BY_ANOTHER)),
                arguments("W27", given().recorded(Recorded.ACTIVE).remote(Remote.PENDING), new ReadSetting()),
                arguments(
                        "W27",
                        given().recorded(Recorded.ACTIVE).remote(Remote.PENDING).setting(Setting.OURS),
                        new ConfirmFormat()),
                arguments(
                        "W27",
                        given().recorded(Recorded.ACTIVE).remote(Remote.PENDING).setting(Setting.ABSENT),
                        new Fail(WORKSPACE_STATE_UNEXPECTED)),
                arguments(
                        "W27",
                        given().recorded(Recorded.ACTIVE).remote(Remote.PENDING).setting(Setting.FOREIGN),
                        new Fail(WORKSPACE_STATE_UNEXPECTED)),
                arguments("W28", given().recorded(Recorded.PENDING).remote(Remote.PENDING), new Format()),
                arguments("W28a", given().remote(Remote.PENDING).young().otherStorage(), new ReadSetting()),
                arguments(
                        "W28a",
                        given().remote(Remote.PENDING).young().otherStorage().setting(Setting.ABSENT),
                        new DeleteRemote(true)),
                arguments(
                        "W28a",
                        given().remote(Remote.PENDING).young().otherStorage().setting(Setting.OURS),
                        new DeleteRemote(false)),
                arguments(
                        "W29",
                        given().remote(Remote.PENDING).young().otherStorage().setting(Setting.FOREIGN),
                        new Fail(WORKSPACE_EXISTS_STORAGE_DIFFERS)),
                arguments(
                        "W29",
                        given().remote(Remote.PENDING).otherStorage(),
                        new Fail(WORKSPACE_EXISTS_STORAGE_DIFFERS)),
                arguments(
                        "W29",
                        given().remote(Remote.ACTIVE).otherStorage().adopt(),
                        new Fail(WORKSPACE_EXISTS_STORAGE_DIFFERS)),
                arguments("W30", given().remote(Remote.ACTIVE), new ReadBucketUuid()),
                arguments("W30", given().remote(Remote.ACTIVE).mine(Known.YES), new RecordWorkspace()),
                arguments("W31", given().remote(Remote.ACTIVE).mine(Known.NO).adopt(), new ProveAdoption()),
                arguments(
                        "W31",
                        given().remote(Remote.ACTIVE).mine(Known.NO).adopt().proven(Known.YES),
                        new RecordWorkspace()),
                arguments(
                        "W31",
                        given().remote(Remote.ACTIVE).mine(Known.NO).adopt().proven(Known.NO),
                        new Fail(ADOPTION_UNPROVEN)),
                arguments("W32", given().remote(Remote.ACTIVE).mine(Known.NO), new Fail(WORKSPACE_EXISTS)),
                arguments("W33", given().remote(Remote.PENDING).young(), new Format()),
                arguments("W33", given().remote(Remote.PENDING).adopt().underWay(), new Format()),
                arguments("W33", given().remote(Remote.PENDING).underWay(), new ReadBucketUuid()),
                arguments("W33", given().remote(Remote.PENDING).underWay().mine(Known.YES), new Format()),
                arguments(
                        "W34",
                        given().remote(Remote.PENDING).underWay().mine(Known.NO),
                        new Fail(WORKSPACE_NOT_ACTIVE)),
                arguments("W34", given().remote(Remote.PENDING), new Format()));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("lives")
    void decides(String row, Observations given, Action expected) {
        assertThat(WorkspaceTable.decide(given.build())).isEqualTo(new WorkspaceDecision(row, expected));
    }
}
