package io.tonbo.artifacts.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tonbo.artifacts.operator.testing.Closing;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both kinds in every state of their lives, with the operator at work: what Argo CD and kstatus say, and that Argo CD's
 * testdata show such objects as they really are. With {@code -Dartifacts.docs.update=true} the testdata are written first.
 */
class LifeStatesIT {
    private static final Path CONFIG_MAP = ProjectRoot.find().resolve("examples/gitops/argo/argocd-cm.yaml");

    private static ProblemStage stage;
    private static ArgoHealth argo;
    private static RealKstatus kstatus;

    @BeforeAll
    static void start() throws IOException {
        // The tools first: without Go there is nothing to stage.
        argo = ArgoHealth.configured(ResourceCustomization.YAML.readTree(CONFIG_MAP.toFile()));
        kstatus = new RealKstatus();
        stage = new ProblemStage("states", 0.02, Map.of());
    }

    @AfterAll
    static void stop() {
        try {
            if (stage != null) {
                Judges.assertJudgedTruly(stage);
            }
        } finally {
            Closing.each(stage, argo, kstatus);
        }
    }

    @AfterEach
    void mend() {
        stage.world().orchestrator().listen();
        stage.world().orchestrator().behaviour().clockOffset(Duration.ZERO);
    }

    static Stream<LifeState> states() {
        return LifeStates.all();
    }

    @ParameterizedTest
    @MethodSource("states")
    void isJudgedTruly(LifeState state) throws IOException {
        Life life = new Life(stage, state.objectName());

        Portrait seen = Portrait.of(state.way().walk(life));

        assertThat(kstatus.of(seen.object()).status()).isEqualTo(state.kstatus());
        ArgoHealth.Health health = argo.of(seen.object());
        assertThat(health.status()).as(health.message()).isEqualTo(state.health());
        assertThat(readyReason(seen.object())).isEqualTo(state.reason());
        if (state.isAsked()) {
            assertIsInTheTestdata(state, seen);
        }
    }

    private static String readyReason(JsonNode object) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("reason").asText();
            }
        }
        return null;
    }

    private static void assertIsInTheTestdata(LifeState state, Portrait seen) throws IOException {
        Path file = new ResourceCustomization(state.kind()).testdata(state.name());
        if (ResourceCustomization.UPDATE) {
            Files.writeString(file, seen.yaml());
        }
        JsonNode kept = ResourceCustomization.YAML.readTree(file.toFile());

        assertThat(Portrait.features(kept))
                .as("%s; to write it anew: %s", file, LifeStates.UPDATE)
                .isEqualTo(Portrait.features(seen.object()));
        assertThat(kstatus.of(kept).status()).isEqualTo(state.kstatus());
    }
}
