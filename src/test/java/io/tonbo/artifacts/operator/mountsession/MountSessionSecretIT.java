package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.SecretTemplate;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import io.tonbo.artifacts.operator.testing.ConsumerScene;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.SessionState;
import io.tonbo.artifacts.sandbox.orchestrator.StoredSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the published Secret looks like besides its data: nobody's mount depends on it, so nobody's mount notices. */
class MountSessionSecretIT {
    private static World world;
    private static InProcessOperator operator;
    private static SessionScene sessions;
    private static ConsumerScene consumers;

    @BeforeAll
    static void start() {
        world = World.start();
        String namespace = world.cluster().newNamespace("dressed");
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.02, Set.of(namespace));
        WorkspaceScene workspaces = new WorkspaceScene(world, namespace)
                .token(world.token("ada"))
                .goodKeys()
                .bucket("dressed");
        workspaces.apply("files", "dressed");
        workspaces.untilReady("files");
        sessions = new SessionScene(workspaces);
        consumers = new ConsumerScene(workspaces.client(), namespace);
    }

    @AfterAll
    static void stop() {
        consumers.close();
        operator.close();
        world.close();
    }

    private static Map<String, String> labels(String name) {
        return sessions.secret(name).get().getMetadata().getLabels();
    }

    private static Map<String, String> annotations(String name) {
        return sessions.secret(name).get().getMetadata().getAnnotations();
    }

    private static SecretTemplate template(Map<String, String> labels, Map<String, String> annotations) {
        SecretTemplate template = new SecretTemplate();
        template.setLabels(labels);
        template.setAnnotations(annotations);
        return template;
    }

    @Test
    void aTemplateIsFollowedWithoutANewSessionOrARestart() {
        sessions.apply("dressed", "files", spec -> {
            spec.setTtlSeconds(7200);
            spec.setSecretTemplate(template(Map.of("team", "red", "tier", "one"), Map.of("contact", "ada")));
            spec.setRolloutRestartTargets(List.of(new WorkloadReference("Deployment", "wearer")));
        });
        MountSession first = sessions.untilReady("dressed");
        consumers.deployment("wearer", "dressed");
        consumers.untilRunning("wearer", 1);
        sessions.secret("dressed").edit(secret -> {
            secret.getMetadata().getLabels().put("theirs", "kept");
            return secret;
        });
        Map<String, String> data = sessions.data("dressed");
        String published = annotations("dressed").get("artifacts.tonbo.io/published-at");
        assertThat(labels("dressed")).containsEntry("team", "red").containsEntry("tier", "one");

        sessions.edit(
                "dressed", spec -> spec.setSecretTemplate(template(Map.of("team", "blue", "new", "yes"), Map.of())));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(labels("dressed"))
                .containsEntry("team", "blue")
                .containsEntry("new", "yes")
                .containsEntry("theirs", "kept")
                .doesNotContainKey("tier"));
        assertThat(annotations("dressed"))
                .doesNotContainKey("contact")
                .containsEntry("artifacts.tonbo.io/published-at", published);
        assertThat(sessions.data("dressed")).isEqualTo(data);
        sessions.lookAgain("dressed");
        String id = sessions.untilReady("dressed").getStatus().getSessionId();
        assertThat(id).isEqualTo(first.getStatus().getSessionId());
        assertThat(consumers.generation("wearer")).isEqualTo(1);

        sessions.renew("dressed");
        sessions.untilReplaced("dressed", id);
        assertThat(labels("dressed")).containsEntry("team", "blue").containsEntry("theirs", "kept");
    }

    @Test
    void aLostOwnerReferenceComesBack() {
        sessions.apply("orphan", "files");
        MountSession ready = sessions.untilReady("orphan");

        sessions.secret("orphan").edit(secret -> {
            secret.getMetadata().setOwnerReferences(List.of());
            return secret;
        });

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        sessions.secret("orphan").get().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner ->
                        assertThat(owner.getUid()).isEqualTo(ready.getMetadata().getUid())));
        assertThat(sessions.untilReady("orphan").getStatus().getSessionId())
                .isEqualTo(ready.getStatus().getSessionId());
    }

    @Test
    void anImmutableSecretIsReplacedWhenItsSessionIs() {
        sessions.apply("frozen", "files", spec -> spec.setTtlSeconds(3600));
        String old = sessions.untilReady("frozen").getStatus().getSessionId();
        Secret frozen = sessions.secret("frozen").edit(secret -> {
            secret.setImmutable(true);
            return secret;
        });

        sessions.renew("frozen");
        MountSession renewed = sessions.untilReplaced("frozen", old);

        Secret fresh = sessions.secret("frozen").get();
        assertThat(fresh.getMetadata().getUid())
                .isNotEqualTo(frozen.getMetadata().getUid());
        assertThat(fresh.getImmutable()).isNotEqualTo(true);
        assertThat(annotations("frozen"))
                .containsEntry(
                        "artifacts.tonbo.io/session-id", renewed.getStatus().getSessionId());
        sessions.delete("frozen");
        sessions.untilGone("frozen");
        assertThat(world.orchestrator().admin().sessions("ada", "files").stream()
                        .filter(session -> session.state() == SessionState.LIVE)
                        .map(StoredSession::id))
                .doesNotContain(old, renewed.getStatus().getSessionId());
    }
}
