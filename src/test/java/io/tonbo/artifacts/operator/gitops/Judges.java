package io.tonbo.artifacts.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import java.util.Collection;

/** Argo CD and kstatus, who judge objects that others brought about. */
public final class Judges implements AutoCloseable {
    private final ArgoHealth argo = ArgoHealth.builtIn();
    private final RealKstatus kstatus = new RealKstatus();

    /**
     * Whatever a watch showed on a stage is judged as the rest of the suite takes it, also what lasted a moment only.
     *
     * @param stage where Workspaces and perhaps MountSessions lived
     */
    public static void assertJudgedTruly(ProblemStage stage) {
        assertThat(stage.history().all()).isNotEmpty();
        try (Judges judges = new Judges()) {
            judges.assertJudgedTruly(stage.history().all());
            judges.assertJudgedTruly(stage.sessions().all());
        }
    }

    private void assertJudgedTruly(Collection<? extends CustomResource<?, ?>> versions) {
        assertThat(versions).allSatisfy(version -> {
            Kstatus.assertHolds(version);
            JsonNode object = Portrait.of(version).object();
            String meant = Kstatus.verdict(version);
            assertThat(kstatus.of(object).status()).isEqualTo(meant);
            assertThat(argo.of(object).status()).isEqualTo(health(object, meant));
        });
    }

    /** Argo CD knows one state more. */
    private static String health(JsonNode object, String kstatus) {
        boolean observed = Portrait.features(object).get("generation").equals("observed");
        if (observed
                && !kstatus.equals("Terminating")
                && object.at("/spec/suspend").asBoolean()) {
            return "Suspended";
        }
        return switch (kstatus) {
            case "Current" -> "Healthy";
            case "Failed" -> "Degraded";
            default -> "Progressing";
        };
    }

    @Override
    public void close() {
        argo.close();
        kstatus.close();
    }
}
