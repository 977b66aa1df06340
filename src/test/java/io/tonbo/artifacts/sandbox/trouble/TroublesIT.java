package io.tonbo.artifacts.sandbox.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.operator.testing.AllAtOnce;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.ObjectHistory;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxAdmin;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jclouds.blobstore.ContainerNotFoundException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every trouble of the sandbox, provoked at the desk on a real Kubernetes API: its reason and hint are shown, whoever follows the
 * hint gets out of it, and so does the desk; cleared, nothing of it is left.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TroublesIT {
    /** All are played at once, beside whatever else the machine does. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static AllAtOnce cases;
    private static ProblemStage stage;
    private static TroubleDesk desk;

    @BeforeAll
    static void start() {
        cases = new AllAtOnce();
        stage = new ProblemStage("troubles", 0.05, Map.of());
        desk = new TroubleDesk(parts());
    }

    private static SandboxParts parts() {
        World world = stage.world();
        return new SandboxParts(client(), stage.namespace(), world.orchestrator(), world.s3(), world.redis());
    }

    @AfterAll
    static void stop() {
        cases.close();
        desk.close();
        stage.close();
    }

    private static KubernetesClient client() {
        return stage.world().cluster().adminClient();
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> isShownAndEndsForWhoeverFollowsTheHint() {
        return cases.played(Troubles.all(), TroublesIT::provokeAndFollow);
    }

    private static void provokeAndFollow(Trouble trouble) {
        CustomResource<?, ?> shown = provoked(trouble);
        if (trouble.wayOut() == Remedy.FOLLOW_THE_HINT) {
            new HintWalk(stage.world(), stage.namespace(), trouble, own(trouble)).follow(shown);
        } else {
            desk.mend(trouble.id());
        }
        untilOver(trouble);
    }

    @Test
    @Order(2)
    void noneOfItPutsOutASecret() {
        stage.assertNoSecretWasPutOut(true);
    }

    @TestFactory
    @Order(3)
    Stream<DynamicTest> isProvokedAnewMendedAndClearedAway() {
        return cases.played(Troubles.all(), TroublesIT::provokeAndMend);
    }

    private static void provokeAndMend(Trouble trouble) {
        provoked(trouble);
        assertThat(desk.states()).containsEntry(trouble.id(), State.PROVOKED);
        desk.mend(trouble.id());
        untilOver(trouble);
        assertThat(desk.states()).containsEntry(trouble.id(), State.MENDED);
        desk.clear(trouble.id());
        assertCleared(trouble);
    }

    @Test
    @Order(4)
    void whatIsUnderWayIsGivenUpWhenItIsCleared() {
        Trouble trouble = trouble("secret-restored");
        desk.provoke(trouble.id());
        desk.provoke(trouble.id());
        desk.clear(trouble.id());
        assertCleared(trouble);
    }

    @Test
    @Order(5)
    void aStepThatFailsIsToldAndItsTroubleCanBeClearedAllTheSame() throws InterruptedException {
        Trouble trouble = trouble("forbidden");
        Workspace inTheWay = new Workspace();
        inTheWay.getMetadata().setName(trouble.id());
        inTheWay.getMetadata().setNamespace(stage.namespace());
        inTheWay.setSpec(lastSpecOf(trouble));
        client().resource(inTheWay).create();

        desk.provoke(trouble.id());
        desk.await(trouble.id());

        assertThat(desk.error(trouble.id())).contains("the Kubernetes API refused a step of the sandbox with HTTP 409");
        desk.clear(trouble.id());
        assertCleared(trouble);
    }

    private static WorkspaceSpec lastSpecOf(Trouble trouble) {
        List<Workspace> all = stage.history().of(trouble.id());
        return all.get(all.size() - 1).getSpec();
    }

    @Test
    @Order(6)
    void nothingIsLeftOfAny() {
        assertThat(stage.world().orchestrator().faults().active()).isEmpty();
        assertThat(stage.world().s3().faults().count()).isZero();
        assertThat(stage.world()
                        .cluster()
                        .kubectl("get", "validatingadmissionpolicies,validatingadmissionpolicybindings", "-o", "name")
                        .orFail())
                .doesNotContain(stage.namespace());
    }

    private static Trouble trouble(String id) {
        return Troubles.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Provokes it and waits until a new object shows it. */
    private static CustomResource<?, ?> provoked(Trouble trouble) {
        Set<String> before = uids(trouble);
        desk.provoke(trouble.id());
        CustomResource<?, ?> shown = untilShown(trouble, before);
        assertThat(desk.error(trouble.id())).isEmpty();
        LastError error = Kstatus.lastError(shown);
        assertThat(error.getHint()).isNotBlank().doesNotContainPattern("\\{[a-zA-Z]+}");
        Condition ready = Kstatus.condition(shown, ConditionType.READY).orElseThrow();
        assertThat(ready.getReason()).isEqualTo(trouble.row().reason());
        assertThat(ready.getMessage()).startsWith(error.getHint());
        String text = String.valueOf(shown.getStatus());
        credentials(trouble).forEach(secret -> {
            stage.search().plant("a credential of " + trouble.id(), secret);
            assertThat(text.contains(secret)).as("a credential is shown").isFalse();
        });
        return shown;
    }

    private static CustomResource<?, ?> untilShown(Trouble trouble, Set<String> before) {
        try {
            return history(trouble)
                    .awaitAny(
                            trouble.id(),
                            version -> !before.contains(version.getMetadata().getUid()) && shows(version, trouble),
                            "showing " + trouble.row().reason(),
                            PATIENCE);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + desk.error(trouble.id()), e);
        }
    }

    /** Some rows have one reason; their codes differ. */
    private static boolean shows(CustomResource<?, ?> version, Trouble trouble) {
        LastError error = Kstatus.lastError(version);
        ErrorRow row = trouble.row();
        boolean ready = Kstatus.condition(version, ConditionType.READY)
                .filter(condition -> condition.getReason().equals(row.reason()))
                .isPresent();
        if (error == null || !ready || !error.getReason().equals(row.reason())) {
            return false;
        }
        boolean onlyRow = ErrorCatalogue.load().rows().stream()
                        .filter(other -> other.reason().equals(row.reason()))
                        .count()
                == 1;
        return onlyRow
                || row.codes().contains(error.getCode())
                || trouble.type().name().toLowerCase(Locale.ROOT).equals(error.getCode());
    }

    private static ObjectHistory<? extends CustomResource<?, ?>> history(Trouble trouble) {
        return trouble.subject() == Subject.WORKSPACE ? stage.history() : stage.sessions();
    }

    private static Stream<CustomResource<?, ?>> versions(Trouble trouble) {
        return history(trouble).of(trouble.id()).stream().map(version -> (CustomResource<?, ?>) version);
    }

    private static Set<String> uids(Trouble trouble) {
        return versions(trouble).map(version -> version.getMetadata().getUid()).collect(Collectors.toSet());
    }

    /** What no status, event or log may contain. */
    private static List<String> credentials(Trouble trouble) {
        return client()
                .secrets()
                .inNamespace(stage.namespace())
                .withLabel(TroubleObjects.LABEL, trouble.id())
                .list()
                .getItems()
                .stream()
                .flatMap(secret -> Stream.of("token", "ARTIFACTS_S3_SECRET_ACCESS_KEY")
                        .map(key -> secret.getData().get(key)))
                .filter(Objects::nonNull)
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                .toList();
    }

    private static void untilOver(Trouble trouble) {
        if (trouble.ending() == Ending.GONE) {
            history(trouble).awaitGone(trouble.id(), PATIENCE);
            return;
        }
        history(trouble)
                .await(
                        trouble.id(),
                        object -> Kstatus.isTrue(object, ConditionType.READY)
                                && Kstatus.lastError(object) == null
                                && object.getMetadata().getGeneration().equals(Kstatus.observed(object)),
                        "Ready without an error",
                        PATIENCE);
    }

    private static void assertCleared(Trouble trouble) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThat(
                        desk.states())
                .as(() -> String.valueOf(desk.error(trouble.id())))
                .containsEntry(trouble.id(), State.IDLE));
        assertThat(desk.error(trouble.id())).isEmpty();
        TroubleObjects left = new TroubleObjects(parts(), trouble.id());
        assertThat(left.workspaces()).isEmpty();
        assertThat(left.sessions()).isEmpty();
        assertThat(left.secrets()).isEmpty();
        SandboxAdmin admin = stage.world().orchestrator().admin();
        assertThat(admin.workspaces(trouble.id()))
                .extracting(StoredWorkspace::state)
                .allMatch(WorkspaceState.DELETED::equals);
        assertThat(admin.liveSessions(trouble.id())).isZero();
        assertThat(stage.world().orchestrator().faults().active())
                .noneMatch(active -> trouble.id().equals(active.rule().workspace()));
        assertThatThrownBy(() -> stage.world().s3().keys(trouble.id(), ""))
                .as("its bucket")
                .isInstanceOf(ContainerNotFoundException.class);
    }

    private static Path own(Trouble trouble) {
        try {
            return Files.createDirectory(directory.resolve(trouble.id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
