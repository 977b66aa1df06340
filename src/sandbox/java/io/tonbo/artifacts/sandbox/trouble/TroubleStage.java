package io.tonbo.artifacts.sandbox.trouble;

import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.StorageSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceReference;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One trouble's world, once: a Workspace, a MountSession, an account, Secrets and a bucket, all under the trouble's name, and
 * faults that concern nothing else.
 */
final class TroubleStage {
    static final String REGION = "us-east-1";

    private final SandboxParts parts;
    private final Trouble trouble;
    private final TroubleObjects objects;
    private final TroubleBuckets buckets;
    private final TroubleSecrets secrets;
    private final TroubleRemote remote;
    private final List<Runnable> ends = new ArrayList<>();
    private final TroubleVolume volume;

    /**
     * @param run 1 for the first time, 2 for the second, and so on
     */
    TroubleStage(SandboxParts parts, WatchedObjects watched, Trouble trouble, int run) {
        this.parts = parts;
        this.trouble = trouble;
        this.objects = new TroubleObjects(parts, watched, trouble.id());
        this.buckets = new TroubleBuckets(parts.s3(), trouble.id());
        this.secrets = new TroubleSecrets(parts, objects, trouble.id(), run);
        this.remote = new TroubleRemote(parts.orchestrator(), trouble.id(), endpoint());
        this.volume = new TroubleVolume(this);
    }

    /** Everything is as it should be; a script then breaks what it is about. */
    void prepare() {
        objects.own(id());
        buckets.make(id());
        secrets.goodToken();
        secrets.goodKeys();
    }

    SandboxParts parts() {
        return parts;
    }

    String id() {
        return trouble.id();
    }

    /** Another name of its own. */
    String other(String suffix) {
        return id() + "-" + suffix;
    }

    TroubleObjects objects() {
        return objects;
    }

    SandboxAdmin admin() {
        return parts.orchestrator().admin();
    }

    String endpoint() {
        return parts.s3().endpoint().toString();
    }

    void applyWorkspace() {
        applyWorkspace(spec -> {});
    }

    void applyWorkspace(Consumer<WorkspaceSpec> changes) {
        applyWorkspaceAs(id(), changes);
    }

    void applyWorkspaceAs(String name, Consumer<WorkspaceSpec> changes) {
        StorageSpec storage = new StorageSpec();
        storage.setBucket(id());
        storage.setEndpoint(endpoint());
        storage.setRegion(REGION);
        storage.setCredentialsSecretRef(new LocalSecretReference(secrets.keysSecret()));
        WorkspaceSpec spec = new WorkspaceSpec();
        spec.setStorage(storage);
        spec.setConnectionSecretRef(new LocalSecretReference(secrets.tokenSecret()));
        changes.accept(spec);
        objects.create(name, spec);
    }

    void applySession() {
        applySession(spec -> {});
    }

    void applySession(Consumer<MountSessionSpec> changes) {
        applySessionAs(id(), changes);
    }

    void applySessionAs(String name, Consumer<MountSessionSpec> changes) {
        MountSessionSpec spec = new MountSessionSpec();
        spec.setWorkspaceRef(new WorkspaceReference(id()));
        changes.accept(spec);
        objects.create(name, spec);
    }

    void editWorkspace(Consumer<WorkspaceSpec> change) throws InterruptedException {
        objects.edit(objects.workspace(id()), workspace -> change.accept(workspace.getSpec()));
    }

    void editSession(Consumer<MountSessionSpec> change) throws InterruptedException {
        objects.edit(objects.session(id()), session -> change.accept(session.getSpec()));
    }

    void untilWorkspaceReady() throws InterruptedException {
        untilWorkspaceReady(id());
    }

    void untilWorkspaceReady(String name) throws InterruptedException {
        objects.untilWorkspace(name, "being Ready", TroubleObjects::isReady);
    }

    void untilWorkspaceSays(String reason) throws InterruptedException {
        objects.untilWorkspace(id(), "saying " + reason, workspace -> TroubleObjects.says(workspace, reason));
    }

    /** Waits until the operator has looked at the Workspace as it is now. */
    void untilWorkspaceSeen() throws InterruptedException {
        Long generation = objects.workspace(id()).get().getMetadata().getGeneration();
        objects.untilWorkspace(
                id(),
                "seen as it is",
                workspace -> workspace.getStatus() != null
                        && generation.equals(workspace.getStatus().getObservedGeneration()));
    }

    /** Waits for the first session, and returns its id. */
    String untilSessionReady() throws InterruptedException {
        return untilSessionReadyOrSays(null, null);
    }

    /** Waits for a session other than that, and returns its id; null if that reason comes first. */
    String untilSessionReadyOrSays(String otherThan, String reason) throws InterruptedException {
        AtomicReference<String> ready = new AtomicReference<>();
        objects.untilSession(id(), "being Ready", session -> {
            boolean other = TroubleObjects.isReady(session)
                    && !session.getStatus().getSessionId().equals(otherThan);
            ready.set(other ? session.getStatus().getSessionId() : null);
            return other || TroubleObjects.says(session, reason);
        });
        return ready.get();
    }

    void look() {
        objects.look();
    }

    /** Its token and its keys. */
    TroubleSecrets secrets() {
        return secrets;
    }

    /** What the orchestrator has of it, and answers about it. */
    TroubleRemote remote() {
        return remote;
    }

    /** Its bucket, and further ones. */
    TroubleBuckets buckets() {
        return buckets;
    }

    /** Its metadata, for what goes wrong there. */
    TroubleVolume volume() {
        return volume;
    }

    /** What is to be done when the trouble is cleared. */
    void onClear(Runnable end) {
        ends.add(end);
    }

    void undo() {
        ends.forEach(Runnable::run);
        ends.clear();
    }

    /** Ends what runs for it. */
    void close() {
        volume.close();
    }
}
