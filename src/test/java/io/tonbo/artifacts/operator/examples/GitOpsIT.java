package io.tonbo.artifacts.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tonbo.artifacts.operator.gitops.ArgoHealth;
import io.tonbo.artifacts.operator.gitops.RealKstatus;
import io.tonbo.artifacts.operator.testing.ConsumerScene;
import io.tonbo.artifacts.operator.testing.DyingNamespace;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Argo CD and Flux would do with the examples, step by step: to Ready, without drift, and down again. */
class GitOpsIT {
    private static final Path PROJECT = ProjectRoot.find();
    private static final Path APPLICATION = PROJECT.resolve("examples/gitops/argo/application.yaml");
    private static final Path HEALTH_CHECKS = PROJECT.resolve("examples/gitops/argo/argocd-cm.yaml");
    private static final Path FLUX = PROJECT.resolve("examples/gitops/flux/sync.yaml");
    private static final Path FILES = PROJECT.resolve("examples/gitops/team-files");

    private static final String NAMESPACE = "team-files";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path repository;

    /** First, since without Go there is none, and then nothing else is to be started. */
    private final RealKstatus kstatus = new RealKstatus();

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final World world =
            World.start(new Behaviour().deletingLasts(Duration.ofMillis(50)).clock(() -> Instant.now()
                    .plus(ahead.get())));
    private final WorkspaceScene workspaces = new WorkspaceScene(world, NAMESPACE).bucket("team-data");
    private final SessionScene sessions = new SessionScene(workspaces);
    private ArgoHealth health;
    private ConsumerScene nodes;
    private InProcessOperator operator;

    /** The user's repository: the example with a bucket that can be had here. */
    @BeforeEach
    void begin() throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = repository.resolve(FILES.getParent().relativize(file));
                Files.createDirectories(copy.getParent());
                String endpoint = "endpoint: " + world.s3().endpoint();
                Files.writeString(copy, Files.readString(file).replaceAll("endpoint: .*", endpoint));
            }
        }
        nodes = new ConsumerScene(workspaces.client(), NAMESPACE);
        operate();
    }

    @AfterEach
    void end() {
        DyingNamespace namespace = new DyingNamespace(workspaces.client(), NAMESPACE);
        namespace.delete();
        namespace.untilGone(() -> sessions.names());
        nodes.close();
        operator.close();
        world.close();
        kstatus.close();
        if (health != null) {
            health.close();
        }
    }

    private void operate() {
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.05, Set.of(NAMESPACE));
    }

    /** As External Secrets, Sealed Secrets or SOPS would. */
    private void secretsCome() {
        workspaces.token(world.token("ada")).goodKeys();
    }

    private static List<JsonNode> allOf(Collection<List<JsonNode>> waves) {
        return waves.stream().flatMap(List::stream).toList();
    }

    @Test
    void argoSyncsInWavesSeesNoDriftAndLeavesWhatHoldsData() {
        JsonNode application = GitOpsTool.documents(APPLICATION).get(0);
        assertThat(application.at("/spec/ignoreDifferences").isMissingNode()).isTrue();
        assertThat(application.at("/spec/syncPolicy/syncOptions").toString()).contains("ServerSideApply=true");
        // Argo CD tries a failed commit no more often than it is told, and the old one unless told otherwise.
        assertThat(application.at("/spec/syncPolicy/retry/limit").asInt()).isEqualTo(-1);
        assertThat(application.at("/spec/syncPolicy/retry/refresh").asBoolean()).isTrue();
        GitOpsTool argo = new GitOpsTool(world.cluster(), "argocd-controller");
        health = ArgoHealth.configured(argo.read(HEALTH_CHECKS));
        TreeMap<Integer, List<JsonNode>> waves = new TreeMap<>();
        for (JsonNode object : argo.build(
                repository.resolve(application.at("/spec/source/path").asText()))) {
            waves.computeIfAbsent(wave(object), wave -> new ArrayList<>()).add(object);
        }
        assertThat(waves.keySet()).containsExactly(-1, 0, 1, 2);

        for (List<JsonNode> wave : waves.values()) {
            wave.forEach(argo::apply);
            if (wave(wave.get(0)) == 0) {
                await().atMost(PATIENCE)
                        .until(() -> health.of(argo.live(wave.get(0))).message().startsWith("ConnectionSecretMissing"));
                assertThat(health.of(argo.live(wave.get(0))).status()).isEqualTo("Progressing");
                secretsCome();
            }
            untilHealthy(argo, wave);
        }
        List<JsonNode> objects = allOf(waves.values());
        assertNoDriftWhateverHappens(argo, objects, () -> untilHealthy(argo, objects));

        // The application is deleted.
        String workspace = workspaces.get("team-files").getStatus().getWorkspaceId();
        allOf(waves.descendingMap().values()).stream()
                .filter(object -> !syncOptions(object).contains("Delete=false"))
                .forEach(object -> argo.delete(object, "foreground"));
        assertOnlyDataIsLeft(argo, objects);

        // And comes back.
        waves.values().forEach(wave -> {
            wave.forEach(argo::apply);
            untilHealthy(argo, wave);
        });
        assertThat(workspaces.get("team-files").getStatus().getWorkspaceId()).isEqualTo(workspace);
    }

    private static int wave(JsonNode object) {
        return annotation(object, "argocd.argoproj.io/sync-wave").asInt();
    }

    private static String syncOptions(JsonNode object) {
        return annotation(object, "argocd.argoproj.io/sync-options").asText();
    }

    private static JsonNode annotation(JsonNode object, String name) {
        return object.path("metadata").path("annotations").path(name);
    }

    private boolean isCurrent(JsonNode live) {
        String status = kstatus.of(live).status();
        assertThat(status).isNotEqualTo("Failed");
        return status.equals("Current");
    }

    private void untilHealthy(GitOpsTool argo, List<JsonNode> wave) {
        for (JsonNode object : wave) {
            await().atMost(PATIENCE).until(() -> {
                JsonNode live = argo.live(object);
                return switch (live.path("kind").asText()) {
                    case "Namespace" -> true;
                    // Argo CD's own check of it asks for the same.
                    case "Deployment" -> isCurrent(live);
                    default -> {
                        ArgoHealth.Health shown = health.of(live);
                        assertThat(shown.status()).as(shown.message()).isNotEqualTo("Degraded");
                        yield shown.status().equals("Healthy");
                    }
                };
            });
        }
    }

    @Test
    void fluxAppliesOnePartAfterTheOtherSeesNoDriftAndLeavesWhatHoldsData() throws IOException {
        GitOpsTool flux = new GitOpsTool(world.cluster(), "kustomize-controller");
        List<JsonNode> kustomizations = GitOpsTool.documents(FLUX).stream()
                .filter(each -> each.path("kind").asText().equals("Kustomization"))
                .toList();
        assertThat(kustomizations).extracting(GitOpsTool::name).contains("artifacts-operator", "team-files-app");
        theOperatorsPart();
        Set<String> ready = new HashSet<>();
        List<JsonNode> objects = new ArrayList<>();

        for (JsonNode kustomization : kustomizations) {
            kustomization.at("/spec/dependsOn").forEach(other -> assertThat(ready)
                    .contains(other.path("name").asText()));
            List<JsonNode> built = flux.build(
                    repository.resolve(kustomization.at("/spec/path").asText()).normalize());
            if (GitOpsTool.name(kustomization).equals("artifacts-operator")) {
                // There already, for all tests.
                built.forEach(flux::check);
            } else {
                built.forEach(flux::apply);
                secretsCome();
                untilCurrent(flux, kustomization);
                objects.addAll(built);
            }
            ready.add(GitOpsTool.name(kustomization));
        }
        JsonNode app = kustomizations.get(kustomizations.size() - 1);
        assertNoDriftWhateverHappens(flux, objects, () -> untilCurrent(flux, app));

        // All of them are deleted.
        objects.stream()
                .filter(object -> !annotation(object, "kustomize.toolkit.fluxcd.io/prune")
                        .asText()
                        .equals("disabled"))
                .forEach(object -> flux.delete(object, "background"));
        assertOnlyDataIsLeft(flux, objects);
    }

    /** An overlay, with a copy of its base beside it. */
    private void theOperatorsPart() throws IOException {
        Path part = Files.createDirectories(repository.resolve("artifacts-operator"));
        String overlay = Files.readString(PROJECT.resolve("examples/kustomize/operator/kustomization.yaml"));
        Files.writeString(part.resolve("kustomization.yaml"), overlay.replace("- ../../../deploy", "- deploy"));
        Path base = PROJECT.resolve("deploy");
        try (Stream<Path> files = Files.walk(base)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = part.resolve("deploy").resolve(base.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private void untilCurrent(GitOpsTool flux, JsonNode kustomization) {
        assertThat(kustomization.at("/spec/healthChecks")).isNotEmpty();
        for (JsonNode check : kustomization.at("/spec/healthChecks")) {
            await().atMost(PATIENCE)
                    .until(() -> isCurrent(flux.live(
                            check.path("kind").asText(),
                            check.path("namespace").asText(),
                            check.path("name").asText())));
        }
    }

    private void assertNoDriftWhateverHappens(GitOpsTool tool, List<JsonNode> objects, Runnable untilWell) {
        assertNoDrift(tool, objects);

        String session = sessions.get("web-files").getStatus().getSessionId();
        ahead.updateAndGet(before -> before.plus(Duration.ofHours(9)));
        sessions.untilReplaced("web-files", session);
        await("the restart of the Deployment")
                .atMost(PATIENCE)
                .until(() -> nodes.stamp("Deployment", "web", "web-files").isPresent());
        untilWell.run();
        assertNoDrift(tool, objects);

        operator.close();
        operate();
        sessions.lookAgain("web-files");
        untilWell.run();
        assertNoDrift(tool, objects);
    }

    private static void assertNoDrift(GitOpsTool tool, List<JsonNode> objects) {
        assertThat(objects).extracting(tool::drift).allMatch(Optional::isEmpty);
        assertThat(objects)
                .filteredOn(object -> object.path("apiVersion").asText().startsWith("artifacts.tonbo.io/"))
                .hasSize(2)
                .allSatisfy(object -> assertThat(tool.writersOfSpec(object)).containsExactly(tool.fieldManager()));
        // That it would be seen.
        ObjectNode changed = objects.get(objects.size() - 1).deepCopy();
        ((ObjectNode) changed.path("metadata").path("annotations")).put("example.com/changed-in-git", "yes");
        assertThat(tool.drift(changed)).isPresent();
    }

    /** The namespace and the Workspace are; the Deployment, the MountSession, its Secret and its sessions are not. */
    private void assertOnlyDataIsLeft(GitOpsTool tool, List<JsonNode> objects) {
        assertThat(objects.stream().filter(tool::exists).map(object -> object.path("kind")
                        .asText()))
                .containsExactlyInAnyOrder("Namespace", "Workspace");
        assertThat(sessions.data("web-files")).isEmpty();
        assertThat(world.orchestrator().admin().sessions("ada", "team-files")).isEmpty();
        assertThat(workspaces.isTrue("team-files", "Ready")).isTrue();
    }
}
