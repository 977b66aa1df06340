package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.SandboxAuthority;
import io.tonbo.artifacts.sandbox.SandboxTlsFront;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The orchestrator is out for everybody, or cannot be trusted. */
class OrchestratorOutageIT {
    @Test
    void anOutageLeavesWhatIsReadyReadyAndEndsByItself() {
        try (ProblemStage stage = new ProblemStage("outage", 0.02, Map.of())) {
            ProblemPlay active = new ProblemPlay(stage, "active");
            active.prepare();
            active.apply();
            active.untilReady();

            stage.world().orchestrator().stopListening();
            ProblemPlay late = new ProblemPlay(stage, "late");
            late.prepare();
            late.apply();
            active.askToLook();
            Workspace waiting = stage.history()
                    .await(
                            "late",
                            workspace -> Kstatus.condition(workspace, "Reconciling")
                                            .filter(c -> c.getReason().equals("OrchestratorUnreachable"))
                                            .isPresent()
                                    && workspace
                                            .getStatus()
                                            .getLastError()
                                            .getSeverity()
                                            .equals("Error"),
                            "waiting for the orchestrator",
                            ProblemPlay.PATIENCE);
            assertThat(Kstatus.isTrue(waiting, "Ready")).isFalse();

            stage.world().orchestrator().listen();
            late.untilReady();
            active.untilReady();
            assertThat(stage.history().of("active"))
                    .filteredOn(workspace -> workspace.getStatus() != null
                            && workspace.getStatus().getStorage() != null)
                    .isNotEmpty()
                    .allSatisfy(workspace ->
                            assertThat(Kstatus.isTrue(workspace, "Ready")).isTrue());
            for (String name : new String[] {"active", "late"}) {
                assertThat(stage.history().of(name)).allSatisfy(Kstatus::assertHolds);
            }
            stage.assertNoSecretWasPutOut(true);
        }
    }

    @Test
    void anOrchestratorThatCannotBeVerifiedGetsNoToken() {
        SandboxAuthority unknown = SandboxAuthority.create();
        try (World other = World.start();
                SandboxTlsFront front = SandboxTlsFront.start(
                        unknown.server("127.0.0.1", "localhost"),
                        other.orchestrator().url().getPort());
                ProblemStage stage = new ProblemStage(
                        "tls", 0.02, Map.of("ARTIFACTS_ORCHESTRATOR_URL", "https://127.0.0.1:" + front.port()))) {
            ProblemPlay play = new ProblemPlay(stage, "untrusted");
            play.prepare();
            play.apply();
            Workspace failed = stage.history()
                    .await(
                            "untrusted",
                            workspace -> Kstatus.isTrue(workspace, "Reconciling")
                                    && workspace.getStatus().getLastError() != null,
                            "refusing the certificate",
                            ProblemPlay.PATIENCE);
            assertThat(failed.getStatus().getLastError().getCode()).isEqualTo("tls_failure");
            assertThat(failed.getStatus().getLastError().getSeverity()).isEqualTo("Error");
            assertThat(failed.getStatus().getLastError().getReason())
                    .isEqualTo(ErrorCatalogue.load()
                            .row(ProblemType.ORCHESTRATOR_TLS)
                            .reason());
            assertThat(failed.getStatus().getLastError().getHint()).contains("ARTIFACTS_CA_FILE");
            assertThat(other.orchestrator().calls().calls()).isEmpty();
            assertThat(stage.history().of("untrusted")).allSatisfy(Kstatus::assertHolds);
            stage.assertNoSecretWasPutOut(false);
        }
    }
}
