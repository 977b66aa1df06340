package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.runtime.ElectedOperator.Phase;
import java.time.Duration;
import java.util.List;

/** The stories of a replica that cannot be elected, or cannot stay so. */
final class LeasePermissionStories {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LEASES = " leases.coordination.k8s.io in artifacts-system";

    /** With it a Lease lasts 3 s and is renewed every half second. */
    private static final double TIME_SCALE = 0.05;

    private LeasePermissionStories() {}

    static List<PermissionStory> all() {
        return List.of(
                neverElected("create"),
                neverElected("get"),
                new PermissionStory(
                        "patch" + LEASES,
                        stage -> {
                            stage.replicaStarts(TIME_SCALE);
                            saysWhatItsRoleMustAllow(stage);
                            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                                            stage.operator().exits())
                                    .as("it is deposed, and its process ends")
                                    .containsExactly(1));
                        },
                        stage -> {
                            stage.replicaStarts(TIME_SCALE);
                            untilItWorks(stage);
                        }));
    }

    private static PermissionStory neverElected(String verb) {
        return new PermissionStory(
                verb + LEASES,
                stage -> {
                    stage.replicaStarts(TIME_SCALE);
                    saysWhatItsRoleMustAllow(stage);
                    assertThat(stage.lease().get()).isNull();
                    assertThat(stage.operator().phase()).isEqualTo(Phase.STANDBY);
                },
                LeasePermissionStories::untilItWorks);
    }

    private static void saysWhatItsRoleMustAllow(PermissionStage stage) {
        stage.logSays("HTTP 403", "the operator's Role must allow to create, get and patch Leases in its namespace");
    }

    private static void untilItWorks(PermissionStage stage) {
        await().atMost(PATIENCE).until(() -> stage.operator().phase() == Phase.WORKING);
        stage.workspaceIsReady();
    }
}
