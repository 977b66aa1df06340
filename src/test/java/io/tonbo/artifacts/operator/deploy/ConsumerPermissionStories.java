package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The stories of what the operator does about those who use a credential: a renewal goes well, and they do not hear of it. */
final class ConsumerPermissionStories {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ConsumerPermissionStories() {}

    static List<PermissionStory> all() {
        List<PermissionStory> stories = new ArrayList<>();
        stories.add(new PermissionStory(
                "list pods",
                stage -> {
                    stage.sessionIsReady();
                    stage.sessionIsRenewed();
                    stage.sessions()
                            .until(stage.name(), "ConsumersCurrent", ConditionStatus.UNKNOWN, "PodsNotReadable");
                    assertThat(stage.sessions()
                                    .condition(stage.name(), "ConsumersCurrent")
                                    .orElseThrow()
                                    .getMessage())
                            .contains("(RBAC: list pods)");
                },
                stage -> {
                    stage.sessions().lookAgain(stage.name());
                    stage.sessions().until(stage.name(), "ConsumersCurrent", ConditionStatus.TRUE, "AllCurrent");
                }));
        for (String kind : List.of("Deployment", "StatefulSet", "DaemonSet")) {
            stories.add(restarted("get", kind));
            stories.add(restarted("patch", kind));
        }
        return stories;
    }

    private static PermissionStory restarted(String verb, String kind) {
        return new PermissionStory(
                verb + " " + kind.toLowerCase(Locale.ROOT) + "s.apps",
                stage -> {
                    isDeployed(stage, kind);
                    stage.sessionIsReady(
                            spec -> spec.setRolloutRestartTargets(List.of(new WorkloadReference(kind, stage.name()))));
                    stage.sessionIsRenewed();
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(stage.sessions().events(stage.name()))
                                    .filteredOn(event -> event.getReason().equals("ConsumerNotRestarted"))
                                    .extracting(Event::getNote)
                                    .containsExactly("The API server does not let the operator restart " + kind + " "
                                            + stage.name() + "."));
                    assertThat(stage.consumers().stamp(kind, stage.name(), stage.name()))
                            .isEmpty();
                },
                stage -> {
                    String id = stage.sessionIsRenewed();
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(stage.consumers().stamp(kind, stage.name(), stage.name()))
                                    .hasValue(id));
                });
    }

    private static void isDeployed(PermissionStage stage, String kind) {
        switch (kind) {
            case "Deployment" -> stage.consumers().deployment(stage.name(), stage.name());
            case "StatefulSet" -> stage.consumers().statefulSet(stage.name(), stage.name());
            default -> stage.consumers().daemonSet(stage.name(), stage.name());
        }
    }
}
