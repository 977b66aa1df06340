package io.tonbo.artifacts.sandbox.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.ObjectHistory;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxAdmin;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import java.nio.charset.StandardCharsets;
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

/** A desk with everything behind it real, and what holds of each of its troubles. */
final class TroubleScene implements AutoCloseable {
    /** All are played at once, beside whatever else the machine does. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What is Ready is compared with the orchestrator now and then, not by every one of sixty every second. */
    private static final Map<String, String> RARELY = Map.of("ARTIFACTS_POLL_INTERVAL", "PT10S");

    private final ProblemStage stage = new ProblemStage("troubles", 0.05, RARELY);
    private final TroubleDesk desk;

    TroubleScene() {
        World world = stage.world();
        desk = new TroubleDesk(
                new SandboxParts(client(), true, stage.namespace(), world.orchestrator(), world.s3(), world.redis()));
    }

    ProblemStage stage() {
        return stage;
    }

    TroubleDesk desk() {
        return desk;
    }

    KubernetesClient client() {
        return stage.world().cluster().adminClient();
    }

    /** Provokes it and waits until a new object shows it. */
    CustomResource<?, ?> provoked(Trouble trouble) {
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

    private CustomResource<?, ?> untilShown(Trouble trouble, Set<String> before) {
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
    private boolean shows(CustomResource<?, ?> version, Trouble trouble) {
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

    private ObjectHistory<? extends CustomResource<?, ?>> history(Trouble trouble) {
        return trouble.subject() == Subject.WORKSPACE ? stage.history() : stage.sessions();
    }

    private Stream<CustomResource<?, ?>> versions(Trouble trouble) {
        return history(trouble).of(trouble.id()).stream().map(version -> (CustomResource<?, ?>) version);
    }

    private Set<String> uids(Trouble trouble) {
        return versions(trouble).map(version -> version.getMetadata().getUid()).collect(Collectors.toSet());
    }

    /** What no status, event or log may contain. */
    private List<String> credentials(Trouble trouble) {
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

    void untilOver(Trouble trouble) {
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

    void assertCleared(Trouble trouble) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThat(
                        desk.states())
                .as(() -> String.valueOf(desk.error(trouble.id())))
                .containsEntry(trouble.id(), State.IDLE));
        assertThat(desk.error(trouble.id())).isEmpty();
        assertThat(left(trouble)).isEmpty();
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

    /** By its label or by its name. */
    private List<String> left(Trouble trouble) {
        return Stream.of(
                        client().resources(Workspace.class).inNamespace(stage.namespace()),
                        client().resources(MountSession.class).inNamespace(stage.namespace()),
                        client().secrets().inNamespace(stage.namespace()))
                .flatMap(kind -> Stream.concat(
                        kind.withLabel(TroubleObjects.LABEL, trouble.id()).list().getItems().stream(),
                        Stream.ofNullable(kind.withName(trouble.id()).get())))
                .map(each -> each.getKind() + " " + each.getMetadata().getName())
                .toList();
    }

    @Override
    public void close() {
        desk.close();
        stage.close();
    }
}
