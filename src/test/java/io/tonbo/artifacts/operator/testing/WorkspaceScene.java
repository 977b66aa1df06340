package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.api.v1alpha1.StorageSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One user's namespace in a {@link World}: Secrets, Workspaces, and what kubectl would show of them. */
public final class WorkspaceScene {
    /** The Secret with the token. */
    public static final String TOKEN_SECRET = "tonbo-token";
    /** The Secret with the bucket's keys. */
    public static final String KEYS_SECRET = "bucket-keys";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final World world;
    private final KubernetesClient client;
    private final String namespace;

    /**
     * @param world where it plays
     * @param namespace a namespace of its own
     */
    public WorkspaceScene(World world, String namespace) {
        this.world = world;
        this.client = world.cluster().adminClient();
        this.namespace = namespace;
    }

    public String namespace() {
        return namespace;
    }

    public KubernetesClient client() {
        return client;
    }

    public WorkspaceScene token(String token) {
        return secret(TOKEN_SECRET, Map.of("token", token));
    }

    public WorkspaceScene keys(String id, String secret) {
        return secret(KEYS_SECRET, Map.of("ARTIFACTS_S3_ACCESS_KEY_ID", id, "ARTIFACTS_S3_SECRET_ACCESS_KEY", secret));
    }

    public WorkspaceScene goodKeys() {
        return keys(World.KEY_ID, World.KEY_SECRET);
    }

    /** Creates or replaces a Secret, in one go: nobody ever sees that it is missing. */
    public WorkspaceScene secret(String name, Map<String, String> data) {
        Map<String, String> encoded = new HashMap<>();
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withData(encoded)
                        .build())
                .createOr(NonDeletingOperation::update);
        return this;
    }

    public WorkspaceScene bucket(String bucket) {
        world.s3().createBucket(bucket);
        return this;
    }

    /** Applies a Workspace with this scene's Secrets. */
    public Workspace apply(String name, String bucket, Consumer<WorkspaceSpec> changes) {
        StorageSpec storage = new StorageSpec();
        storage.setBucket(bucket);
        storage.setEndpoint(world.s3().endpoint().toString());
        storage.setRegion(World.REGION);
        storage.setCredentialsSecretRef(new LocalSecretReference(KEYS_SECRET));
        WorkspaceSpec spec = new WorkspaceSpec();
        spec.setStorage(storage);
        spec.setConnectionSecretRef(new LocalSecretReference(TOKEN_SECRET));
        changes.accept(spec);
        Workspace workspace = new Workspace();
        workspace.getMetadata().setName(name);
        workspace.getMetadata().setNamespace(namespace);
        workspace.setSpec(spec);
        return client.resource(workspace).create();
    }

    public Workspace apply(String name, String bucket) {
        return apply(name, bucket, spec -> {});
    }

    public Resource<Workspace> resource(String name) {
        return client.resources(Workspace.class).inNamespace(namespace).withName(name);
    }

    /** Changes the spec, as kubectl edit would. */
    public void edit(String name, Consumer<WorkspaceSpec> change) {
        resource(name).edit(workspace -> {
            change.accept(workspace.getSpec());
            return workspace;
        });
    }

    public Workspace get(String name) {
        return resource(name).get();
    }

    public Optional<Condition> condition(String name, String type) {
        Workspace workspace = get(name);
        if (workspace == null || workspace.getStatus() == null) {
            return Optional.empty();
        }
        return workspace.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    public boolean isTrue(String name, String type) {
        return condition(name, type)
                .filter(c -> c.getStatus() == ConditionStatus.TRUE)
                .isPresent();
    }

    /** Waits until Ready is True for the present generation. */
    public Workspace untilReady(String name) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> assertThat(
                        condition(name, "Ready"))
                .as(() -> describe(name))
                .hasValueSatisfying(ready -> {
                    assertThat(ready.getStatus()).isEqualTo(ConditionStatus.TRUE);
                    assertThat(ready.getObservedGeneration())
                            .isEqualTo(get(name).getMetadata().getGeneration());
                }));
        return get(name);
    }

    /** Waits until a condition of that type is True with that reason. */
    public Workspace until(String name, String type, String reason) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> assertThat(
                        condition(name, type))
                .as(() -> describe(name))
                .hasValueSatisfying(condition -> {
                    assertThat(condition.getReason()).isEqualTo(reason);
                    assertThat(condition.getStatus()).isEqualTo(ConditionStatus.TRUE);
                }));
        return get(name);
    }

    public Workspace untilStalled(String name, String reason) {
        return until(name, "Stalled", reason);
    }

    public Workspace untilReconciling(String name, String reason) {
        return until(name, "Reconciling", reason);
    }

    public void delete(String name) {
        resource(name).delete();
    }

    public void untilGone(String name) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> assertThat(get(name))
                .as(() -> describe(name))
                .isNull());
    }

    public List<Event> events(String name) {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getRegarding() != null
                        && name.equals(event.getRegarding().getName()))
                .toList();
    }

    private String describe(String name) {
        Workspace workspace = get(name);
        return workspace == null ? name + " does not exist" : String.valueOf(workspace.getStatus());
    }
}
