package io.tonbo.artifacts.sandbox.trouble;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** One trouble's objects in the cluster, each with a label that tells whose they are. */
final class TroubleObjects {
    /** Label of all that a trouble makes in the cluster: its id. */
    static final String LABEL = "sandbox.artifacts.tonbo.io/trouble";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 50;
    private static final int ATTEMPTS = 20;

    private final KubernetesClient client;
    private final String namespace;
    private final String trouble;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    TroubleObjects(SandboxParts parts, String trouble) {
        this.client = parts.client();
        this.namespace = parts.namespace();
        this.trouble = trouble;
        names.add(trouble);
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    Resource<Workspace> workspace(String name) {
        return client.resources(Workspace.class).inNamespace(namespace).withName(name);
    }

    Resource<MountSession> session(String name) {
        return client.resources(MountSession.class).inNamespace(namespace).withName(name);
    }

    Resource<Secret> secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name);
    }

    List<Workspace> workspaces() {
        return own(
                client.resources(Workspace.class).inNamespace(namespace).list().getItems());
    }

    List<MountSession> sessions() {
        return own(client.resources(MountSession.class)
                .inNamespace(namespace)
                .list()
                .getItems());
    }

    List<Secret> secrets() {
        return own(client.secrets().inNamespace(namespace).list().getItems());
    }

    /** Also what a person or the operator put in the place of one of them. */
    private <T extends HasMetadata> List<T> own(List<T> all) {
        return all.stream()
                .filter(each -> names.contains(name(each))
                        || trouble.equals(each.getMetadata().getLabels().get(LABEL)))
                .toList();
    }

    /** From now on whatever has this name belongs to the trouble. */
    void own(String name) {
        names.add(name);
    }

    void create(String name, WorkspaceSpec spec) {
        Workspace workspace = new Workspace();
        workspace.setSpec(spec);
        create(name, workspace);
    }

    void create(String name, MountSessionSpec spec) {
        MountSession session = new MountSession();
        session.setSpec(spec);
        create(name, session);
    }

    /** Makes a Secret, or one in the place of an older one. */
    void create(String name, Map<String, String> data) {
        deleteSecret(name);
        create(name, new SecretBuilder().withStringData(data).build());
    }

    void deleteSecret(String name) {
        secret(name).delete();
    }

    private void create(String name, HasMetadata object) {
        own(name);
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels(LABEL, trouble)
                .build());
        client.resource(object).create();
    }

    /** Changes it, as kubectl edit would; somebody who wrote in between is no obstacle. */
    <T extends HasMetadata> void edit(Resource<T> resource, Consumer<T> change) throws InterruptedException {
        UnaryOperator<T> edit = object -> {
            change.accept(object);
            return object;
        };
        for (int attempt = 1; ; attempt++) {
            try {
                resource.edit(edit);
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    static void annotate(Resource<? extends HasMetadata> resource, String annotation, String value) {
        patch(resource, "{\"metadata\":{\"annotations\":{\"" + annotation + "\":\"" + value + "\"}}}");
    }

    static void dropFinalizers(Resource<? extends HasMetadata> resource) {
        patch(resource, "{\"metadata\":{\"finalizers\":null}}");
    }

    /** What is gone needs no change. */
    private static void patch(Resource<? extends HasMetadata> resource, String change) {
        try {
            resource.patch(PatchContext.of(PatchType.JSON_MERGE), change);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Asks the operator to look at whatever there is of a trouble. */
    void look() {
        String now = Instant.now().toString();
        workspaces().forEach(each -> annotate(workspace(name(each)), ArtifactsApi.RECONCILE_REQUESTED_AT, now));
        sessions().forEach(each -> annotate(session(name(each)), ArtifactsApi.RECONCILE_REQUESTED_AT, now));
    }

    static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    <T extends CustomResource<?, ? extends ResourceStatus>> void until(
            Resource<T> resource, String what, Predicate<T> wanted) throws InterruptedException {
        until(what, () -> {
            T object = resource.get();
            return object != null && wanted.test(object);
        });
    }

    static void until(String what, BooleanSupplier wanted) throws InterruptedException {
        if (!within(PATIENCE, wanted)) {
            throw new IllegalStateException(what + " did not come about in " + PATIENCE.toSeconds() + " s");
        }
    }

    static boolean within(Duration patience, BooleanSupplier wanted) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    static boolean isReady(CustomResource<?, ? extends ResourceStatus> object) {
        return object.getStatus() != null
                && object.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals(ConditionType.READY)
                                && condition.getStatus() == ConditionStatus.TRUE);
    }

    static boolean says(CustomResource<?, ? extends ResourceStatus> object, String reason) {
        return object.getStatus() != null
                && object.getStatus().getLastError() != null
                && object.getStatus().getLastError().getReason().equals(reason);
    }
}
