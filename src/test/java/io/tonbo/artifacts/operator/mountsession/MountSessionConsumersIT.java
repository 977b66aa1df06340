package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import io.tonbo.artifacts.operator.testing.ConsumerScene;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.KubeApiProxy;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which Pods still run on an older credential, said of real Pods, which somebody in a kubelet's place says run. */
class MountSessionConsumersIT {
    private static final String CURRENT = "ConsumersCurrent";

    private static World world;
    private static String namespace;
    private static KubeApiProxy proxy;
    private static InProcessOperator operator;
    private static SessionScene sessions;
    private static ConsumerScene consumers;

    @BeforeAll
    static void start() {
        world = World.start();
        namespace = world.cluster().newNamespace("consumers");
        proxy = KubeApiProxy.inFrontOf(world.cluster());
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().via(proxy.url()).newClient(),
                world.environment(),
                0.02,
                Set.of(namespace));
        WorkspaceScene workspaces = new WorkspaceScene(world, namespace)
                .token(world.token("ada"))
                .goodKeys()
                .bucket("consumed");
        workspaces.apply("files", "consumed");
        workspaces.untilReady("files");
        sessions = new SessionScene(workspaces);
        consumers = new ConsumerScene(workspaces.client(), namespace);
    }

    @AfterAll
    static void stop() {
        consumers.close();
        operator.close();
        proxy.close();
        world.close();
    }

    @AfterEach
    void heal() {
        proxy.heal();
        // Else those of one story would be looked at in the next.
        List<String> names = sessions.names();
        names.forEach(sessions::delete);
        names.forEach(sessions::untilGone);
    }

    private static MountSession renewed(String name) {
        String old = sessions.untilReady(name).getStatus().getSessionId();
        sessions.renew(name);
        return sessions.untilReplaced(name, old);
    }

    private static String message(String name) {
        return sessions.condition(name, CURRENT).map(Condition::getMessage).orElse("");
    }

    private static List<Event> events(String name, String reason) {
        return sessions.events(name).stream()
                .filter(event -> reason.equals(event.getReason()))
                .toList();
    }

    private static long podLists() {
        return world.cluster().auditEvents().stream()
                .filter(event -> event.resource().equals("pods") && event.verb().equals("list"))
                .filter(event -> event.namespace().equals(namespace))
                .filter(event -> event.user().startsWith("system:serviceaccount:artifacts-system:"))
                .count();
    }

    /** What is restarted, or made anew, from now on is younger than the Secret, to the second. */
    private static void aSecondLater(String secret) {
        Instant published = Instant.parse(
                sessions.secret(secret).get().getMetadata().getAnnotations().get("artifacts.tonbo.io/published-at"));
        await().atMost(Duration.ofSeconds(10)).until(() -> Instant.now().isAfter(published.plusSeconds(1)));
    }

    @Test
    void theFirstCredentialIsNobodysSecondAndNoPodIsListedForIt() {
        consumers.pod("early-bird", "first");
        consumers.deployment("early-app", "first");
        long before = podLists();

        sessions.apply(
                "first",
                "files",
                spec -> spec.setRolloutRestartTargets(List.of(new WorkloadReference("Deployment", "early-app"))));
        sessions.until("first", CURRENT, ConditionStatus.TRUE, "NoOlderCredential");
        sessions.lookAgain("first");

        assertThat(podLists()).isEqualTo(before);
        assertThat(consumers.generation("early-app")).isEqualTo(1);
        assertThat(sessions.get("first").getStatus().getRestartedFor())
                .isEqualTo(sessions.get("first").getStatus().getSessionId());
    }

    @Test
    void whoKeepsTheOldCredentialIsNamedOnceUntilItIsReplaced() {
        sessions.apply("named", "files", spec -> spec.setTtlSeconds(3600));
        Instant end = sessions.untilReady("named").getStatus().getExpiresAt();
        consumers.pod("slow", "named");
        await().until(() -> consumers.isRunning("slow"));

        renewed("named");

        sessions.until("named", CURRENT, ConditionStatus.FALSE, "OlderCredentialInUse");
        assertThat(message("named")).startsWith("Pod slow runs with an older credential, which ends at " + end + ".");
        assertThat(message("named")).contains("spec.rolloutRestartTargets");
        sessions.lookAgain("named");
        assertThat(events("named", "ConsumersOutdated")).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getNote()).contains("Pod slow", end.toString());
        });

        aSecondLater("named");
        consumers.deletePod("slow");
        consumers.pod("quick", "named");
        sessions.until("named", CURRENT, ConditionStatus.TRUE, "AllCurrent");
        sessions.lookAgain("named");
        long settled = podLists();
        sessions.lookAgain("named");
        assertThat(podLists()).as("lists once nobody is behind").isEqualTo(settled);

        renewed("named");
        sessions.until("named", CURRENT, ConditionStatus.FALSE, "OlderCredentialInUse");
        assertThat(message("named")).startsWith("Pod quick ");
    }

    @Test
    void whoKeepsARevokedCredentialIsToldThatItWorksNoMore() {
        sessions.apply("leaked", "files", spec -> spec.setTtlSeconds(3600));
        String old = sessions.untilReady("leaked").getStatus().getSessionId();
        consumers.pod("unaware", "leaked");
        await().until(() -> consumers.isRunning("unaware"));

        sessions.annotate("leaked", ArtifactsApi.REISSUE_REQUESTED_AT, "2026-11-23T12:00:00Z");
        sessions.untilReplaced("leaked", old);

        sessions.until("leaked", CURRENT, ConditionStatus.FALSE, "OlderCredentialInUse");
        await().untilAsserted(() -> assertThat(message("leaked"))
                .isEqualTo("Pod unaware runs with an older credential, which does not work any more."
                        + " Restart them, or name their workload in spec.rolloutRestartTargets."));
    }

    @Test
    void whoIsBehindAgainIsAnnouncedAgain() {
        sessions.apply("twice", "files", spec -> spec.setTtlSeconds(3600));
        sessions.untilReady("twice");
        consumers.pod("sleepy", "twice");
        await().until(() -> consumers.isRunning("sleepy"));

        renewed("twice");
        sessions.until("twice", CURRENT, ConditionStatus.FALSE, "OlderCredentialInUse");
        renewed("twice");

        await().until(() -> events("twice", "ConsumersOutdated").size() == 2);
    }

    @Test
    void aStatusThatCouldNotBeWrittenIsMadeUpFor() {
        sessions.apply("conflicting", "files", spec -> spec.setTtlSeconds(3600));
        sessions.untilReady("conflicting");
        consumers.pod("witness", "conflicting");
        await().until(() -> consumers.isRunning("witness"));

        proxy.refuse(call -> call.changesStatusOf("mountsessions"), 409, 1);
        renewed("conflicting");

        sessions.until("conflicting", CURRENT, ConditionStatus.FALSE, "OlderCredentialInUse");
    }

    @Test
    void podsThatCannotBeListedAreUnknownAndHoldUpNothing() {
        sessions.apply("unseen", "files", spec -> spec.setTtlSeconds(3600));
        sessions.untilReady("unseen");

        proxy.refuse(call -> call.resource().equals("pods"), 403, 1000);
        renewed("unseen");

        sessions.until("unseen", CURRENT, ConditionStatus.UNKNOWN, "PodsNotReadable");
        assertThat(message("unseen")).contains("list pods");
        assertThat(sessions.condition("unseen", "Ready").orElseThrow().getStatus())
                .isEqualTo(ConditionStatus.TRUE);

        proxy.heal();
        sessions.until("unseen", CURRENT, ConditionStatus.TRUE, "AllCurrent");
    }

    @Test
    void podsThatSayWhoseCredentialTheyMountCount() {
        sessions.apply("by-claim", "files", spec -> spec.setTtlSeconds(3600));
        sessions.untilReady("by-claim");
        var template = ConsumerScene.uses("claimant", null);
        template.getMetadata().setAnnotations(java.util.Map.of(ArtifactsApi.MOUNT_SESSION, "by-claim"));
        consumers.deployment("claimant", template);
        consumers.untilRunning("claimant", 1);

        renewed("by-claim");

        sessions.until("by-claim", CURRENT, ConditionStatus.FALSE, "OlderCredentialInUse");
        assertThat(message("by-claim")).startsWith("Pod claimant-");
    }
}
