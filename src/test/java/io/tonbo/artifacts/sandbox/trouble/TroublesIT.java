package io.tonbo.artifacts.sandbox.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.operator.testing.AllAtOnce;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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
    @TempDir
    private static Path directory;

    private static AllAtOnce cases;
    private static TroubleScene scene;
    private static ProblemStage stage;
    private static TroubleDesk desk;

    @BeforeAll
    static void start() {
        cases = new AllAtOnce();
        scene = new TroubleScene();
        stage = scene.stage();
        desk = scene.desk();
    }

    @AfterAll
    static void stop() {
        cases.close();
        scene.close();
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> isShownAndEndsForWhoeverFollowsTheHint() {
        return cases.played(Troubles.all(), TroublesIT::provokeAndFollow);
    }

    private static void provokeAndFollow(Trouble trouble) {
        CustomResource<?, ?> shown = scene.provoked(trouble);
        if (trouble.wayOut() == Remedy.FOLLOW_THE_HINT) {
            new HintWalk(stage.world(), stage.namespace(), trouble, own(trouble)).follow(shown);
        } else {
            desk.mend(trouble.id());
        }
        scene.untilOver(trouble);
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
        scene.provoked(trouble);
        assertThat(desk.states()).containsEntry(trouble.id(), State.PROVOKED);
        desk.mend(trouble.id());
        scene.untilOver(trouble);
        assertThat(desk.states()).containsEntry(trouble.id(), State.MENDED);
        desk.clear(trouble.id());
        scene.assertCleared(trouble);
    }

    @Test
    @Order(4)
    void whatIsUnderWayIsGivenUpWhenItIsCleared() {
        Trouble trouble = trouble("secret-restored");
        desk.provoke(trouble.id());
        desk.provoke(trouble.id());
        desk.clear(trouble.id());
        scene.assertCleared(trouble);
    }

    @Test
    @Order(5)
    void aStepThatFailsIsToldAndItsTroubleCanBeClearedAllTheSame() throws InterruptedException {
        Trouble trouble = trouble("forbidden");
        Workspace inTheWay = new Workspace();
        inTheWay.getMetadata().setName(trouble.id());
        inTheWay.getMetadata().setNamespace(stage.namespace());
        inTheWay.setSpec(lastSpecOf(trouble));
        scene.client().resource(inTheWay).create();

        desk.provoke(trouble.id());
        desk.await(trouble.id());

        assertThat(desk.error(trouble.id())).contains("the Kubernetes API refused a step of the sandbox with HTTP 409");
        desk.clear(trouble.id());
        desk.await(trouble.id());
        assertThat(desk.error(trouble.id())).isEmpty();
        assertThat(desk.states()).containsEntry(trouble.id(), State.IDLE);
        assertThat(scene.client().resource(inTheWay).get().isMarkedForDeletion())
                .as("it is somebody's")
                .isFalse();
        scene.client().resource(inTheWay).delete();
        stage.history().awaitGone(trouble.id(), Duration.ofMinutes(1));
        scene.assertCleared(trouble);
    }

    @Test
    @Order(6)
    void aSecretOfTheHintsNameThatSomebodyHasAlreadyIsLeftAlone() {
        Trouble trouble = trouble("connection-not-allowed");
        Secret theirs = scene.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(stage.namespace())
                        .withName("artifacts-token")
                        .endMetadata()
                        .addToStringData("token", "theirs")
                        .build())
                .create();

        scene.provoked(trouble);
        desk.mend(trouble.id());
        scene.untilOver(trouble);
        desk.clear(trouble.id());
        scene.assertCleared(trouble);

        assertThat(scene.client().resource(theirs).get()).isNotNull().satisfies(left -> assertThat(left.getData())
                .isEqualTo(theirs.getData()));
        scene.client().resource(theirs).delete();
    }

    private static WorkspaceSpec lastSpecOf(Trouble trouble) {
        List<Workspace> all = stage.history().of(trouble.id());
        return all.get(all.size() - 1).getSpec();
    }

    @Test
    @Order(7)
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

    private static Path own(Trouble trouble) {
        try {
            return Files.createDirectory(directory.resolve(trouble.id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
