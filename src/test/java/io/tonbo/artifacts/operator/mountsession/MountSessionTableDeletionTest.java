package io.tonbo.artifacts.operator.mountsession;

import static io.tonbo.artifacts.operator.mountsession.Situations.given;
import static io.tonbo.artifacts.operator.problem.ProblemType.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.*;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Held;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the MountSession table for an object that is being deleted. */
class MountSessionTableDeletionTest {

    static Stream<Arguments> deletions() {
        return Stream.of(
                arguments("M1", given().published().deleting().abandoned().outage(), new Release(Farewell.ABANDONED)),
                arguments("M2", given().deleting(), new Release(Farewell.NO_SESSION)),
                arguments("M2", given().deleting().noConnection(UNAUTHORIZED), new Release(Farewell.NO_SESSION)),
                arguments("M2", given().deleting().target(Target.FOREIGN), new Release(Farewell.NO_SESSION)),
                arguments("M2", given().deleting().target(Target.CHANGED), new DeleteSecret()),
                arguments("M2a", given().unanswered().deleting(), new Issue(IssueReason.UNANSWERED)),
                arguments("M2a", given().published().due().unanswered().deleting(), new Issue(IssueReason.UNANSWERED)),
                arguments("M3", given().inMemory(Held.FIT).unanswered().deleting(), new Revoke(Which.ALL)),
                arguments("M2a", given().unanswered().deleting().outage(), new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments(
                        "M2",
                        given().unanswered().deleting().outage().after(false, true),
                        new Release(Farewell.NO_SESSION)),
                arguments("M2a", given().unanswered().deleting().noConnection(UNAUTHORIZED), new Fail(UNAUTHORIZED)),
                arguments(
                        "M2",
                        given().unanswered()
                                .deleting()
                                .noConnection(UNAUTHORIZED)
                                .after(true, false),
                        new Release(Farewell.NO_SESSION)),
                arguments(
                        "M2",
                        given().unanswered()
                                .deleting()
                                .noConnection(UNAUTHORIZED)
                                .namespaceTerminating(),
                        new Release(Farewell.NO_SESSION)),
                arguments(
                        "M4", given().published().unanswered().deleting().outage(), new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments("M3", given().published().deleting(), new Revoke(Which.ALL)),
                arguments("M3", given().published().deleting().suspended(), new Revoke(Which.ALL)),
                arguments("M3", given().published().deleting().workspace(WorkspaceUse.ABSENT), new Revoke(Which.ALL)),
                arguments("M3", given().inMemory(Held.FIT).deleting(), new Revoke(Which.ALL)),
                arguments("M3", given().published().revoked().deleting(), new DeleteSecret()),
                arguments(
                        "M3",
                        given().published().revoked().deleting().targetTerminating(),
                        new Release(Farewell.ENDED)),
                arguments("M3", given().target(Target.FOREIGN).revoked().deleting(), new Release(Farewell.ENDED)),
                arguments("M3", given().revoked().deleting(), new Release(Farewell.ENDED)),
                // What has expired needs nobody to end it.
                arguments("M3", given().expired().deleting().noConnection(UNAUTHORIZED), new Release(Farewell.ENDED)),
                arguments("M3", given().expired().deleting().outage(), new Release(Farewell.ENDED)),
                arguments("M4", given().published().deleting().outage(), new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments(
                        "M4",
                        given().published().deleting().outage().after(true, true),
                        new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments(
                        "M4",
                        given().published().deleting().outage().namespaceTerminating(),
                        new Fail(ORCHESTRATOR_UNREACHABLE)),
                arguments(
                        "M4",
                        given().published()
                                .deleting()
                                .outage()
                                .namespaceTerminating()
                                .after(false, true),
                        new Release(Farewell.LEFT_TO_EXPIRE)),
                arguments("M5", given().published().deleting().noConnection(UNAUTHORIZED), new Fail(UNAUTHORIZED)),
                arguments(
                        "M5",
                        given().published()
                                .deleting()
                                .noConnection(UNAUTHORIZED)
                                .outage()
                                .after(true, false),
                        new Release(Farewell.LEFT_TO_EXPIRE)),
                arguments(
                        "M5",
                        given().published()
                                .deleting()
                                .noConnection(CONNECTION_SECRET_MISSING)
                                .namespaceTerminating(),
                        new Release(Farewell.LEFT_TO_EXPIRE)));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("deletions")
    void decides(String row, Situations given, Action expected) {
        MountSessionDecision decision = MountSessionTable.decide(given.build());
        assertThat(decision.row()).isEqualTo(row);
        assertThat(decision.action()).isEqualTo(expected);
    }
}
