package io.tonbo.artifacts.sandbox.trouble;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.sandbox.resource.Conditions;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One trouble's objects in the cluster, each with a label that tells whose they are. */
final class TroubleObjects {
    /** Label of all that a trouble makes in the cluster: its id. */
    static final String LABEL = "sandbox.artifacts.tonbo.io/trouble";

    private static final long POLL_MILLIS = 50;
    private static final int ATTEMPTS = 20;

    private final KubernetesClient client;
    private final String namespace;
    private final WatchedObjects watched;
    private final String trouble;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Set<String> theirs = ConcurrentHashMap.newKeySet();

    TroubleObjects(SandboxParts parts, WatchedObjects watched, String trouble) {
        this.client = parts.client();
        this.namespace = parts.namespace();
        this.watched = watched;
        this.trouble = trouble;
    }

    /** From now on what has this name belongs to the trouble, but for what is there already without its label. */
    void own(String name) {
        Stream.of(workspace(name), session(name), secret(name))
                .map(Resource::get)
                .filter(Objects::nonNull)
                .filter(each -> !isLabelled(each))
                .forEach(each -> theirs.add(each.getMetadata().getUid()));
        names.add(name);
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
        return own(client.resources(Workspace.class).inNamespace(namespace));
    }

    List<MountSession> sessions() {
        return own(client.resources(MountSession.class).inNamespace(namespace));
    }

    List<Secret> secrets() {
        return own(client.secrets().inNamespace(namespace));
    }

    /** Asks for them one by one: who lists a whole namespace gets those of sixty other troubles. */
    private <T extends HasMetadata> List<T> own(
            NonNamespaceOperation<T, ? extends KubernetesResourceList<T>, ? extends Resource<T>> all) {
        Map<String, T> own = new LinkedHashMap<>();
        all.withLabel(LABEL, trouble).list().getItems().forEach(each -> own.put(name(each), each));
        for (String name : names) {
            T named = own.containsKey(name) ? null : all.withName(name).get();
            if (named != null && isOwn(named)) {
                own.put(name, named);
            }
        }
        return List.copyOf(own.values());
    }

    /** Also what a person or the operator put in the place of one of them; never what was there before. */
    private boolean isOwn(HasMetadata object) {
        return isLabelled(object)
                || (names.contains(name(object))
                        && !theirs.contains(object.getMetadata().getUid()));
    }

    private boolean isLabelled(HasMetadata object) {
        return trouble.equals(object.getMetadata().getLabels().get(LABEL));
    }

    /** Waits until the watch shows none of its own any more. */
    boolean goneWithin(Duration patience) throws InterruptedException {
        return Waiting.within(
                patience,
                () -> watched.workspaces().noneMatch(this::isOwn)
                        && watched.sessions().noneMatch(this::isOwn));
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

    /** Makes a Secret, or one in the place of an older one of its own. */
    void create(String name, Map<String, String> data) {
        Secret older = secret(name).get();
        if (older != null && isOwn(older)) {
            deleteSecret(name);
        }
        create(name, new SecretBuilder().withStringData(data).build());
    }

    void deleteSecret(String name) {
        secret(name).delete();
    }

    private void create(String name, HasMetadata object) {
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels(LABEL, trouble)
                .build());
        client.resource(object).create();
        // Not before it was made: what is in its way is somebody else's.
        names.add(name);
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
        watched.workspaces()
                .filter(this::isOwn)
                .forEach(each -> annotate(workspace(name(each)), ArtifactsApi.RECONCILE_REQUESTED_AT, now));
        watched.sessions()
                .filter(this::isOwn)
                .forEach(each -> annotate(session(name(each)), ArtifactsApi.RECONCILE_REQUESTED_AT, now));
    }

    static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    void untilWorkspace(String name, String what, Predicate<Workspace> wanted) throws InterruptedException {
        Waiting.until(
                "Workspace " + name + " " + what,
                () -> watched.workspace(name).filter(wanted).isPresent());
    }

    void untilSession(String name, String what, Predicate<MountSession> wanted) throws InterruptedException {
        Waiting.until(
                "MountSession " + name + " " + what,
                () -> watched.session(name).filter(wanted).isPresent());
    }

    /** Deletes it and waits for its end. */
    void deleteWorkspace(String name) throws InterruptedException {
        workspace(name).delete();
        Waiting.until(
                "the end of Workspace " + name, () -> watched.workspace(name).isEmpty());
    }

    /** Deletes it and waits for its end. */
    void deleteSession(String name) throws InterruptedException {
        session(name).delete();
        Waiting.until(
                "the end of MountSession " + name, () -> watched.session(name).isEmpty());
    }

    static boolean isReady(CustomResource<?, ? extends ResourceStatus> object) {
        return Conditions.of(object).isTrue(ConditionType.READY);
    }

    static boolean says(CustomResource<?, ? extends ResourceStatus> object, String reason) {
        return object.getStatus() != null
                && object.getStatus().getLastError() != null
                && object.getStatus().getLastError().getReason().equals(reason);
    }
}
