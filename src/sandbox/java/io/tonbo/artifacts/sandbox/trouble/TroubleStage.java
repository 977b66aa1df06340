package io.tonbo.artifacts.sandbox.trouble;

import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.StorageSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceReference;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxAdmin;
import io.tonbo.artifacts.sandbox.orchestrator.StoredStorage;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    private final int run;
    private final TroubleObjects objects;
    private final List<Long> faults = new ArrayList<>();
    private final TroubleBuckets buckets;
    private final List<String> keyIds = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Runnable> ends = new ArrayList<>();
    private final TroubleVolume volume;

    /**
     * @param run 1 for the first time, 2 for the second, and so on: Secrets get other names, since the operator remembers for
     *     some minutes what it read of one
     */
    TroubleStage(SandboxParts parts, Trouble trouble, int run) {
        this.parts = parts;
        this.trouble = trouble;
        this.run = run;
        this.objects = new TroubleObjects(parts, trouble.id());
        this.buckets = new TroubleBuckets(parts.s3(), trouble.id());
        this.volume = new TroubleVolume(this);
    }

    /** Everything is as it should be; a script then breaks what it is about. */
    void prepare() {
        buckets.make(id());
        goodToken();
        goodKeys();
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

    // ---------------------------------------------------------------- Secrets

    String tokenSecret() {
        return secret("token");
    }

    String keysSecret() {
        return secret("keys");
    }

    private String secret(String what) {
        return other(what) + (run == 1 ? "" : "-" + run);
    }

    /** Stores one of the orchestrator's own. */
    void token(String token) {
        tokens.add(token);
        storeAsToken(token);
    }

    void storeAsToken(String text) {
        objects.create(tokenSecret(), Map.of("token", text));
    }

    String goodToken() {
        String token = admin().mintToken(id(), TokenKind.JWT);
        token(token);
        return token;
    }

    void keys(String keyId, String secret) {
        keysIn(keysSecret(), keyId, secret);
    }

    private void keysIn(String name, String keyId, String secret) {
        objects.create(name, Map.of("ARTIFACTS_S3_ACCESS_KEY_ID", keyId, "ARTIFACTS_S3_SECRET_ACCESS_KEY", secret));
    }

    /** Stores a new key that may do everything, and returns its id. */
    String goodKeys() {
        return goodKeysIn(keysSecret());
    }

    String goodKeysIn(String name) {
        String keyId = "TROUBLE" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        keyIds.add(keyId);
        String secret = UUID.randomUUID().toString();
        parts.s3().addKey(keyId, secret);
        keysIn(name, keyId, secret);
        return keyId;
    }

    List<String> keyIds() {
        return keyIds;
    }

    List<String> tokens() {
        return tokens;
    }

    // ---------------------------------------------------------------- objects

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
        storage.setCredentialsSecretRef(new LocalSecretReference(keysSecret()));
        WorkspaceSpec spec = new WorkspaceSpec();
        spec.setStorage(storage);
        spec.setConnectionSecretRef(new LocalSecretReference(tokenSecret()));
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
        objects.until(objects.workspace(name), "Workspace " + name + " being Ready", TroubleObjects::isReady);
    }

    void untilWorkspaceSays(String reason) throws InterruptedException {
        objects.until(
                objects.workspace(id()),
                "Workspace " + id() + " saying " + reason,
                workspace -> TroubleObjects.says(workspace, reason));
    }

    /** Waits for the first session, and returns its id. */
    String untilSessionReady() throws InterruptedException {
        return untilSessionReadyOrSays(null, null);
    }

    /** Waits for a session other than that, and returns its id; null if that reason comes first. */
    String untilSessionReadyOrSays(String otherThan, String reason) throws InterruptedException {
        AtomicReference<String> ready = new AtomicReference<>();
        objects.until(objects.session(id()), "MountSession " + id() + " being Ready", session -> {
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

    // ---------------------------------------------------------------- the orchestrator

    void fault(Operation operation, Fault fault) {
        faults.add(parts.orchestrator()
                .faults()
                .on(operation)
                .workspace(id())
                .always()
                .inject(fault));
    }

    void noFaults() {
        faults.forEach(parts.orchestrator().faults()::clear);
        faults.clear();
    }

    /** The command line got so far with a workspace of the same name. */
    StoredWorkspace madeByCli(CliProgress progress) {
        return admin().makeAsCli(id(), id(), storage(id()), progress);
    }

    StoredStorage storage(String bucket) {
        return new StoredStorage(bucket, endpoint(), REGION, "");
    }

    StoredWorkspace remote() {
        return admin().workspace(id(), id()).orElseThrow(() -> new IllegalStateException("nothing is reserved"));
    }

    // ---------------------------------------------------------------- the end

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
