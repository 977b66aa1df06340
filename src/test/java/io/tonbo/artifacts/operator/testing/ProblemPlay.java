package io.tonbo.artifacts.operator.testing;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxAdmin;
import io.tonbo.artifacts.sandbox.orchestrator.StoredStorage;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.redis.Reply;
import io.tonbo.artifacts.sandbox.s3.S3Action;
import io.tonbo.artifacts.sandbox.s3.S3Effect;
import io.tonbo.artifacts.sandbox.s3.S3Match;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** One case's Workspace with an account, Secrets and a bucket of its own, all under the case's name. */
public final class ProblemPlay implements ProblemRow.Player<Workspace> {
    /** How long anything may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProblemStage stage;
    private final String name;
    private final WorkspaceScene scene;
    private String present;
    private final List<Long> faults = new CopyOnWriteArrayList<>();

    public ProblemPlay(ProblemStage stage, String name) {
        this.stage = stage;
        this.name = name;
        this.scene = new WorkspaceScene(stage.world(), stage.namespace());
    }

    @Override
    public void prepare() {
        goodToken();
        goodKeys();
        stage.world().s3().createBucket(bucket());
    }

    public String name() {
        return name;
    }

    public World world() {
        return stage.world();
    }

    public WorkspaceScene scene() {
        return scene;
    }

    public SandboxAdmin admin() {
        return stage.world().orchestrator().admin();
    }

    public String bucket() {
        return name + "-bucket";
    }

    public void token(String token) {
        stage.search().plant("the token of " + name, token);
        present = token;
        scene.secret(name + "-token", Map.of("token", token));
    }

    /** The orchestrator takes the token in use no more. */
    public void revokeToken() {
        admin().revokeToken(present);
    }

    public void goodToken() {
        token(stage.world().token(name));
    }

    public void keys(String id, String secret) {
        stage.search().plant("a bucket secret of " + name, secret);
        scene.secret(
                name + "-keys", Map.of("ARTIFACTS_S3_ACCESS_KEY_ID", id, "ARTIFACTS_S3_SECRET_ACCESS_KEY", secret));
    }

    public void goodKeys() {
        keys(World.KEY_ID, World.KEY_SECRET);
    }

    /** A Secret that does its job is read again after a while only: waits until what was read of it is too old to count. */
    public void untilReadingsAreOld() {
        Awaitility.await()
                .pollDelay(stage.settledAge())
                .atMost(stage.settledAge().plus(PATIENCE))
                .until(() -> true);
    }

    public void dropSecret(String suffix) {
        scene.client()
                .secrets()
                .inNamespace(scene.namespace())
                .withName(name + suffix)
                .delete();
    }

    @Override
    public void apply() {
        apply(spec -> {});
    }

    public void apply(Consumer<WorkspaceSpec> changes) {
        applyAs(name, changes);
    }

    /** Another object of the same account, keys and bucket. */
    public void applyAs(String object, Consumer<WorkspaceSpec> changes) {
        scene.apply(object, bucket(), spec -> {
            spec.setConnectionSecretRef(new LocalSecretReference(name + "-token"));
            spec.getStorage().setCredentialsSecretRef(new LocalSecretReference(name + "-keys"));
            changes.accept(spec);
        });
    }

    public void edit(Consumer<WorkspaceSpec> change) {
        // kubectl edit asks its user to try again when the operator wrote in between.
        Awaitility.await().ignoreException(KubernetesClientException.class).until(() -> {
            scene.edit(name, change);
            return true;
        });
    }

    @Override
    public String askToLook() {
        String value = "asked-" + System.nanoTime();
        annotate(ArtifactsApi.RECONCILE_REQUESTED_AT, value);
        return value;
    }

    public void annotate(String annotation, String value) {
        scene.resource(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + annotation + "\":\"" + value + "\"}}}");
    }

    @Override
    public Workspace untilReady() {
        return untilReady(name);
    }

    @Override
    public ObjectHistory<Workspace> history() {
        return stage.history();
    }

    @Override
    public List<Event> events() {
        return scene.events(name);
    }

    public Workspace untilReady(String object) {
        return stage.history()
                .await(
                        object,
                        workspace -> Kstatus.isTrue(workspace, "Ready")
                                && workspace.getStatus().getLastError() == null
                                && workspace
                                        .getMetadata()
                                        .getGeneration()
                                        .equals(workspace.getStatus().getObservedGeneration()),
                        "Ready without an error",
                        PATIENCE);
    }

    public void fault(Operation operation, Fault fault) {
        faults.add(stage.world()
                .orchestrator()
                .faults()
                .on(operation)
                .workspace(name)
                .always()
                .inject(fault));
    }

    public void noFaults() {
        faults.forEach(stage.world().orchestrator().faults()::clear);
        stage.heal(name);
    }

    public void bucketFault(S3Action action, S3Effect effect) {
        stage.world().s3().faults().on(S3Match.any().bucket(bucket()).action(action), effect);
    }

    public void noBucketFaults() {
        stage.world().s3().faults().off(S3Match.any().bucket(bucket()));
        for (S3Action action : S3Action.values()) {
            stage.world().s3().faults().off(S3Match.any().bucket(bucket()).action(action));
        }
    }

    /** Cuts every connection that speaks of this workspace's metadata. */
    public void cutMetadata() {
        stage.disturb(name, Reply.DROP);
    }

    /** As if the metadata's Redis were still starting, for this workspace only. */
    public void loadMetadata() {
        stage.disturb(name, Reply.LOADING);
    }

    public StoredStorage storage(String inBucket) {
        return new StoredStorage(inBucket, stage.world().s3().endpoint().toString(), World.REGION, "");
    }

    public StoredWorkspace madeByCli(CliProgress progress) {
        return admin().makeAsCli(name, name, storage(bucket()), progress);
    }

    public StoredWorkspace remote() {
        return admin().workspace(name, name).orElseThrow();
    }

    public long calls(Operation operation) {
        return stage.world().orchestrator().calls().count(operation, name);
    }

    /** Something lies where the volume of that workspace would be. */
    public void put(String volume, String key, String content) {
        stage.world().s3().put(bucket(), volume + "/" + key, content.getBytes(StandardCharsets.UTF_8));
    }

    public void delete() {
        scene.delete(name);
    }
}
