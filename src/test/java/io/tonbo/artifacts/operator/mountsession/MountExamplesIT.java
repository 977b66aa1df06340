package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountMode;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.PublishedMount;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.juicefs.JuiceFsClient;
import io.tonbo.artifacts.sandbox.juicefs.JuiceFsMount;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour.PrefixStyle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The examples for mounting, applied: their sessions become Ready, the real client mounts with each, and what their Pods refer
 * to is published. Nothing runs the Pods themselves.
 */
class MountExamplesIT {
    private static final Pattern SESSION_FILE = Pattern.compile("/session/([a-z-]+)");
    private static final String NAMESPACE = "default";

    private static World world;
    private static InProcessOperator operator;
    private static SessionScene sessions;
    private static final List<HasMetadata> EXAMPLES = new ArrayList<>();

    @BeforeAll
    static void apply() throws IOException {
        world = World.start(new Behaviour().prefixStyle(PrefixStyle.CLUSTER));
        // The volume's claimRef names this namespace.
        operator = InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.05, Set.of(NAMESPACE));
        WorkspaceScene workspaces = new WorkspaceScene(world, NAMESPACE)
                .token(world.token("ada"))
                .goodKeys()
                .bucket("team-data");
        sessions = new SessionScene(workspaces);
        try (Stream<Path> files = Files.list(ProjectRoot.find().resolve("examples/mount"))) {
            for (Path file : files.sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    client().load(in).items().forEach(object -> EXAMPLES.add(typed(object)));
                }
            }
        }
        of(Workspace.class).forEach(workspace -> {
            workspace.getSpec().getStorage().setEndpoint(world.s3().endpoint().toString());
            create(workspace);
        });
        of(MountSession.class).forEach(MountExamplesIT::create);
    }

    @AfterAll
    static void stop() {
        of(MountSession.class).forEach(session -> sessions.delete(name(session)));
        of(MountSession.class).forEach(session -> sessions.untilGone(name(session)));
        of(Workspace.class).forEach(workspace -> client().resources(Workspace.class)
                .inNamespace(NAMESPACE)
                .withName(name(workspace))
                .delete());
        await().atMost(Duration.ofSeconds(20)).until(() -> client().resources(Workspace.class)
                .inNamespace(NAMESPACE)
                .list()
                .getItems()
                .isEmpty());
        operator.close();
        world.close();
    }

    private static KubernetesClient client() {
        return world.cluster().adminClient();
    }

    /** The client doesn't know our kinds by itself. */
    private static HasMetadata typed(HasMetadata object) {
        var serialization = client().getKubernetesSerialization();
        return switch (object.getKind()) {
            case "Workspace" -> serialization.convertValue(object, Workspace.class);
            case "MountSession" -> serialization.convertValue(object, MountSession.class);
            default -> object;
        };
    }

    private static <T extends HasMetadata> List<T> of(Class<T> type) {
        return EXAMPLES.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    private static void create(HasMetadata object) {
        object.getMetadata().setNamespace(NAMESPACE);
        client().resource(object).create();
    }

    /** By what they are named in a failure's message. */
    private static Map<String, PodTemplateSpec> templates() {
        Map<String, PodTemplateSpec> templates = new java.util.TreeMap<>();
        of(Pod.class)
                .forEach(pod -> templates.put(
                        "Pod " + name(pod),
                        new PodTemplateSpecBuilder()
                                .withMetadata(pod.getMetadata())
                                .withSpec(pod.getSpec())
                                .build()));
        of(Deployment.class)
                .forEach(each ->
                        templates.put("Deployment " + name(each), each.getSpec().getTemplate()));
        of(Job.class)
                .forEach(each ->
                        templates.put("Job " + name(each), each.getSpec().getTemplate()));
        return templates;
    }

    private static Set<String> keys(String secret) {
        return new TreeSet<>(sessions.data(secret).keySet());
    }

    @Test
    void everySessionIsReadyAndHasWhatItsPodsReferTo() {
        assertThat(of(MountSession.class)).hasSizeGreaterThan(5);
        of(MountSession.class).forEach(session -> sessions.untilReady(name(session)));

        assertThat(templates()).hasSizeGreaterThan(5);
        templates().forEach((pod, template) -> {
            String session =
                    template.getMetadata() == null || template.getMetadata().getAnnotations() == null
                            ? null
                            : template.getMetadata().getAnnotations().get(ArtifactsApi.MOUNT_SESSION);
            int used = assertEnvironment(pod, template) + assertFiles(pod, template);
            if (session != null) {
                assertThat(sessions.get(session)).as(pod).isNotNull();
                used++;
            }
            assertThat(used).as("references of " + pod).isPositive();
        });
    }

    /** The Pods as a container mounts, what uses the volume as the driver does. */
    @Test
    void withEverySessionTheRealClientMountsAsItsModeSays() {
        sessions.untilReady("team-files");
        assertThat(sessions.condition("team-files", "Ready")).hasValueSatisfying(ready -> assertThat(ready.getMessage())
                .contains("Any JuiceFS client can mount it"));
        try (JuiceFsMount mount =
                PublishedMount.asPod(sessions.data("team-files")).stay()) {
            assertThat(mount.write("/all.txt", "for all").ok()).isTrue();
        }
        Set<String> ofVolumes = of(PersistentVolume.class).stream()
                .map(volume ->
                        volume.getSpec().getCsi().getNodePublishSecretRef().getName())
                .collect(Collectors.toSet());

        for (MountSession session : of(MountSession.class)) {
            sessions.untilReady(name(session));
            Map<String, String> data = sessions.data(session.secretName());
            JuiceFsClient client = ofVolumes.contains(session.secretName())
                    ? PublishedMount.asDriver(data)
                    : PublishedMount.asPod(data);
            try (JuiceFsMount mount = client.stay()) {
                assertThat(mount.read("/all.txt").text()).as(name(session)).isEqualTo("for all");
                assertThat(mount.write("/" + name(session) + ".txt", "mine").ok())
                        .as(name(session))
                        .isEqualTo(session.getSpec().getMode() == MountMode.READ_WRITE);
            }
        }
    }

    private static int assertEnvironment(String pod, PodTemplateSpec template) {
        int used = 0;
        var containers = new ArrayList<>(template.getSpec().getContainers());
        containers.addAll(template.getSpec().getInitContainers());
        for (var container : containers) {
            for (var variable : container.getEnv()) {
                var key = variable.getValueFrom() == null
                        ? null
                        : variable.getValueFrom().getSecretKeyRef();
                if (key != null && !Boolean.TRUE.equals(key.getOptional())) {
                    assertThat(keys(key.getName())).as(pod).contains(key.getKey());
                    used++;
                }
                if (key != null) {
                    assertThat(Stream.of(SecretKey.values()).map(SecretKey::key))
                            .as(pod)
                            .contains(key.getKey());
                }
            }
            for (var source : container.getEnvFrom()) {
                assertThat(keys(source.getSecretRef().getName()))
                        .as(pod)
                        .contains("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION");
                used++;
            }
        }
        return used;
    }

    /** Every file of the Secret's volume that a command reads is a key of the Secret. */
    private static int assertFiles(String pod, PodTemplateSpec template) {
        int used = 0;
        for (var volume : template.getSpec().getVolumes()) {
            if (volume.getSecret() == null) {
                continue;
            }
            Set<String> keys = keys(volume.getSecret().getSecretName());
            for (var container : template.getSpec().getInitContainers()) {
                Matcher file = SESSION_FILE.matcher(String.join("\n", container.getCommand()));
                while (file.find()) {
                    assertThat(keys).as(pod).contains(file.group(1));
                    used++;
                }
            }
        }
        return used;
    }

    @Test
    void everyWorkloadToRestartUsesItsSecret() {
        int targets = 0;
        for (MountSession session : of(MountSession.class)) {
            SecretUse use = new SecretUse(session.secretName(), name(session));
            for (var target : session.getSpec().getRolloutRestartTargets()) {
                PodTemplateSpec template = templates().get(target.getKind() + " " + target.getName());
                assertThat(template).as("%s", target).isNotNull();
                assertThat(use.by(RestartTargets.annotations(template), template.getSpec()))
                        .as("%s", target)
                        .isTrue();
                targets++;
            }
        }
        assertThat(targets).isGreaterThan(1);
    }

    @Test
    void theVolumeHasWhatTheDriverReadsAndBindsToItsOwnClaimOnly() {
        PersistentVolume volume = of(PersistentVolume.class).get(0);
        PersistentVolumeClaim claim = of(PersistentVolumeClaim.class).get(0);
        var secret = volume.getSpec().getCsi().getNodePublishSecretRef();
        assertThat(secret.getNamespace()).isEqualTo(NAMESPACE);
        sessions.untilReady("csi-files");
        assertThat(keys(secret.getName())).contains("name", "metaurl", "envs").doesNotContain("bucket", "storage");

        String elsewhere = world.cluster().newNamespace("thief");
        PersistentVolumeClaim thief = client().resource(new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .withNamespace(elsewhere)
                        .endMetadata()
                        .build())
                .create();
        try {
            client().resource(volume).create();
            // The thief's is there first, and has its chance.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client().resource(volume).get() != null);
            create(claim);
            await().atMost(Duration.ofSeconds(60)).until(() -> phase(claim).equals("Bound"));
            await().during(Duration.ofSeconds(1)).until(() -> phase(thief).equals("Pending"));
        } finally {
            client().resource(claim).delete();
            client().resource(thief).delete();
            client().resource(volume).delete();
        }
    }

    private static String phase(PersistentVolumeClaim claim) {
        return client().resource(claim).get().getStatus().getPhase();
    }
}
