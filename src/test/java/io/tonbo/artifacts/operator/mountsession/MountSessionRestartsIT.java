package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import io.tonbo.artifacts.operator.testing.ConsumerScene;
import io.tonbo.artifacts.operator.testing.Expenses;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.KubeApiProxy;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Consumers are restarted for a new credential, one at a time, and nobody else is; 5 min of patience are 10 s here. */
class MountSessionRestartsIT {
    private static final String CURRENT = "ConsumersCurrent";

    private static World world;
    private static String namespace;
    private static KubeApiProxy proxy;
    private static InProcessOperator operator;
    private static WorkspaceScene workspaces;
    private static SessionScene sessions;
    private static ConsumerScene consumers;

    @BeforeAll
    static void start() {
        world = World.start();
        namespace = world.cluster().newNamespace("restarts");
        proxy = KubeApiProxy.inFrontOf(world.cluster());
        startOperator();
        workspaces = new WorkspaceScene(world, namespace)
                .token(world.token("ada"))
                .goodKeys()
                .bucket("restarted");
        workspaces.apply("files", "restarted");
        workspaces.untilReady("files");
        sessions = new SessionScene(workspaces);
        consumers = new ConsumerScene(workspaces.client(), namespace);
    }

    private static void startOperator() {
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().via(proxy.url()).newClient(),
                world.environment(),
                0.0333,
                Set.of(namespace));
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
        sessions.names().forEach(sessions::delete);
    }

    private static WorkloadReference deployment(String name) {
        return new WorkloadReference("Deployment", name);
    }

    /** Publishes Secret {@code name}, to restart these for. */
    private static void published(String name, String workspace, WorkloadReference... targets) {
        sessions.apply(name, workspace, spec -> {
            spec.setTtlSeconds(7200);
            spec.setRolloutRestartTargets(List.of(targets));
        });
        sessions.untilReady(name);
    }

    private static String renewed(String name) {
        String old = sessions.untilReady(name).getStatus().getSessionId();
        sessions.renew(name);
        return sessions.untilReplaced(name, old).getStatus().getSessionId();
    }

    private static void running(String... deployments) {
        Stream.of(deployments).forEach(name -> consumers.untilRunning(name, 1));
    }

    private static void untilStamped(String kind, String name, String session, String value) {
        await().atMost(Duration.ofSeconds(30)).until(() -> consumers
                .stamp(kind, name, session)
                .filter(value::equals)
                .isPresent());
    }

    private static void untilStamped(String deployment, String session, String value) {
        untilStamped("Deployment", deployment, session, value);
    }

    private static String message(String name) {
        return sessions.condition(name, CURRENT).map(Condition::getMessage).orElse("");
    }

    private static List<String> notRestarted(String name) {
        return sessions.events(name).stream()
                .filter(event -> event.getReason().equals("ConsumerNotRestarted"))
                .filter(event -> event.getType().equals("Warning"))
                .map(event -> event.getNote())
                .sorted()
                .toList();
    }

    private static Expenses expenses() {
        return Expenses.from(world, namespace, "ada");
    }

    private static void untilSettled(String session, String value) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> value.equals(sessions.get(session).getStatus().getRestartedFor()));
    }

    private static void waitsForTheOneBefore(String deployment, String session) {
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .until(() -> consumers.stamp("Deployment", deployment, session).isEmpty());
    }

    @Test
    void targetsAreRestartedOneAtATimeAfterTheSecretIsWritten() {
        consumers.deployment("one", "orderly");
        consumers.deployment("two", "orderly");
        consumers.statefulSet("three", "orderly");
        consumers.daemonSet("four", "orderly");
        published(
                "orderly",
                "files",
                deployment("one"),
                deployment("two"),
                new WorkloadReference("StatefulSet", "three"),
                new WorkloadReference("DaemonSet", "four"));
        running("one", "two", "three");
        Expenses expenses = expenses();

        consumers.holdUp("one");
        String id = renewed("orderly");
        untilStamped("one", "orderly", id);
        sessions.until("orderly", CURRENT, ConditionStatus.FALSE, "Restarting");
        waitsForTheOneBefore("two", "orderly");

        consumers.letGo("one");
        untilStamped("DaemonSet", "four", "orderly", id);
        sessions.until("orderly", CURRENT, ConditionStatus.TRUE, "AllCurrent");
        untilSettled("orderly", id);
        assertThat(expenses.writes().stream().filter(write -> !write.contains("mountsessions")))
                .containsExactly(
                        "update secrets orderly",
                        "patch deployments one",
                        "patch deployments two",
                        "patch statefulsets three",
                        "patch daemonsets four");
    }

    @Test
    void aStuckRolloutLetsTheNextGoAndIsNamedUntilItIsThrough() {
        consumers.deployment("stuck", "impatient");
        consumers.deployment("next", "impatient");
        published("impatient", "files", deployment("stuck"), deployment("next"));
        running("stuck", "next");

        consumers.holdUp("stuck");
        String id = renewed("impatient");

        untilStamped("next", "impatient", id);
        sessions.until("impatient", CURRENT, ConditionStatus.FALSE, "OlderCredentialInUse");
        assertThat(message("impatient"))
                .contains("Pod stuck-", "Deployment stuck has not finished its rollout in time");
        sessions.lookAgain("impatient");
        assertThat(message("impatient")).contains("Deployment stuck has not finished its rollout in time");
        assertThat(notRestarted("impatient")).singleElement().asString().startsWith("Deployment stuck ");

        consumers.letGo("stuck");
        sessions.until("impatient", CURRENT, ConditionStatus.TRUE, "AllCurrent");
    }

    @Test
    void whoIsNoConsumerIsLeftAloneAndNamed() {
        consumers.deployment("stranger", "another-secret");
        var template = ConsumerScene.uses("claims", null);
        template.getMetadata().setAnnotations(Map.of(ArtifactsApi.MOUNT_SESSION, "choosy"));
        consumers.deployment("claims", template);
        consumers.deployment("denied", "choosy");
        published(
                "choosy",
                "files",
                deployment("nowhere"),
                deployment("stranger"),
                deployment("denied"),
                deployment("claims"));
        running("claims", "denied");

        proxy.refuse(
                call -> call.isWrite()
                        && call.resource().equals("deployments")
                        && call.name().equals("denied"),
                422,
                1000);
        String id = renewed("choosy");

        untilStamped("claims", "choosy", id);
        sessions.until("choosy", CURRENT, ConditionStatus.FALSE, "OlderCredentialInUse");
        assertThat(consumers.generation("stranger")).isEqualTo(1);
        assertThat(message("choosy"))
                .contains(
                        "Pod denied-",
                        "Deployment nowhere does not exist",
                        "Deployment stranger does not use Secret choosy",
                        "The API server does not take the restart of Deployment denied (HTTP 422)");
        assertThat(notRestarted("choosy")).hasSize(3);

        proxy.heal();
        untilStamped("denied", "choosy", id);
        sessions.until("choosy", CURRENT, ConditionStatus.TRUE, "AllCurrent");
    }

    @Test
    void aTargetWhoseNameIsCorrectedIsRestartedThen() {
        consumers.deployment("web", "misspelt");
        published("misspelt", "files", deployment("wbe"));
        running("web");
        String id = renewed("misspelt");
        sessions.until("misspelt", CURRENT, ConditionStatus.FALSE, "OlderCredentialInUse");

        sessions.edit("misspelt", spec -> spec.setRolloutRestartTargets(List.of(deployment("web"))));

        untilStamped("web", "misspelt", id);
        sessions.until("misspelt", CURRENT, ConditionStatus.TRUE, "AllCurrent");
    }

    @Test
    void targetsThatAreAddedWhenNobodyIsBehindAreNotRestarted() {
        published("later", "files");
        renewed("later");
        sessions.until("later", CURRENT, ConditionStatus.TRUE, "AllCurrent");
        consumers.deployment("latecomer", "later");
        running("latecomer");

        sessions.edit("later", spec -> spec.setRolloutRestartTargets(List.of(deployment("latecomer"))));
        sessions.untilReady("later");
        sessions.lookAgain("later");

        assertThat(consumers.generation("latecomer")).isEqualTo(1);
        String id = renewed("later");
        untilStamped("latecomer", "later", id);
    }

    @Test
    void aRenewalAmidRestartsLeavesNobodyWithTheOneBetween() {
        consumers.deployment("slow", "hasty");
        consumers.deployment("waiting", "hasty");
        published("hasty", "files", deployment("slow"), deployment("waiting"));
        running("slow", "waiting");
        Expenses expenses = expenses();

        consumers.holdUp("slow");
        String between = renewed("hasty");
        untilStamped("slow", "hasty", between);
        String last = renewed("hasty");
        untilStamped("slow", "hasty", last);
        consumers.letGo("slow");

        untilStamped("waiting", "hasty", last);
        sessions.until("hasty", CURRENT, ConditionStatus.TRUE, "AllCurrent");
        assertThat(expenses.writes("waiting")).containsExactly("patch deployments");
        assertThat(expenses.writes("slow")).hasSize(2);
    }

    @Test
    void anOperatorThatIsRestartedAmidRestartsGoesOn() {
        consumers.deployment("first", "resumed");
        consumers.deployment("second", "resumed");
        published("resumed", "files", deployment("first"), deployment("second"));
        running("first", "second");
        Expenses expenses = expenses();
        consumers.holdUp("first");
        String id = renewed("resumed");
        untilStamped("first", "resumed", id);

        operator.close();
        consumers.letGo("first");
        startOperator();

        untilStamped("second", "resumed", id);
        sessions.until("resumed", CURRENT, ConditionStatus.TRUE, "AllCurrent");
        assertThat(expenses.writes("first")).containsExactly("patch deployments");
        assertThat(expenses.writes("second")).containsExactly("patch deployments");
        assertThat(sessions.get("resumed").getStatus().getSessionId()).isEqualTo(id);
    }

    @Test
    void newBucketKeysRestartConsumersForTheSameSession() {
        world.s3().addKey("AKIDSECOND", "second-secret-41c7");
        workspaces.secret(
                "changing-keys", Map.of("AWS_ACCESS_KEY_ID", World.KEY_ID, "AWS_SECRET_ACCESS_KEY", World.KEY_SECRET));
        workspaces.apply("changing", "restarted", spec -> spec.getStorage()
                .getCredentialsSecretRef()
                .setName("changing-keys"));
        workspaces.untilReady("changing");
        consumers.deployment("reader", "changing");
        published("changing", "changing", deployment("reader"));
        running("reader");
        String id = sessions.get("changing").getStatus().getSessionId();

        workspaces.secret(
                "changing-keys",
                Map.of("AWS_ACCESS_KEY_ID", "AKIDSECOND", "AWS_SECRET_ACCESS_KEY", "second-secret-41c7"));

        untilStamped("reader", "changing", id + "+1");
        sessions.until("changing", CURRENT, ConditionStatus.TRUE, "AllCurrent");
        assertThat(sessions.get("changing").getStatus().getSessionId()).isEqualTo(id);
        untilSettled("changing", id + "+1");
    }
}
