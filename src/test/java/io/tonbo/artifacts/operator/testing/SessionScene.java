package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.Condition;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One user's MountSessions in a namespace, their Secrets, and what kubectl would show of them. */
public final class SessionScene {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private final KubernetesClient client;
    private final String namespace;

    /**
     * @param workspaces the scene that the Workspaces are in
     */
    public SessionScene(WorkspaceScene workspaces) {
        this(workspaces.client(), workspaces.namespace());
    }

    /**
     * @param client an administrator's
     * @param namespace a namespace
     */
    public SessionScene(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    public KubernetesClient client() {
        return client;
    }

    public String namespace() {
        return namespace;
    }

    /** Applies a MountSession of that Workspace. */
    public MountSession apply(String name, String workspace, Consumer<MountSessionSpec> changes) {
        MountSessionSpec spec = new MountSessionSpec();
        spec.setWorkspaceRef(new WorkspaceReference(workspace));
        changes.accept(spec);
        MountSession session = new MountSession();
        session.getMetadata().setName(name);
        session.getMetadata().setNamespace(namespace);
        session.setSpec(spec);
        return client.resource(session).create();
    }

    public MountSession apply(String name, String workspace) {
        return apply(name, workspace, spec -> {});
    }

    public Resource<MountSession> resource(String name) {
        return client.resources(MountSession.class).inNamespace(namespace).withName(name);
    }

    public MountSession get(String name) {
        return resource(name).get();
    }

    /** Changes the spec, as kubectl edit would. */
    public void edit(String name, Consumer<MountSessionSpec> change) {
        resource(name).edit(session -> {
            change.accept(session.getSpec());
            return session;
        });
    }

    /** Annotates it, as kubectl annotate would. */
    public void annotate(String name, String annotation, String value) {
        resource(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + annotation + "\":\"" + value + "\"}}}");
    }

    /** Has it renewed at once: less than was granted is due. */
    public void renew(String name) {
        edit(name, spec -> spec.setTtlSeconds(spec.getTtlSeconds() - 60));
    }

    /** Has it reconciled, and waits until it was. */
    public void lookAgain(String name) {
        String when = Instant.now().toString();
        annotate(name, ArtifactsApi.RECONCILE_REQUESTED_AT, when);
        await().atMost(PATIENCE).pollInterval(POLL).untilAsserted(() -> assertThat(
                        get(name).getStatus().getLastHandledReconcileAt())
                .as(() -> describe(name))
                .isEqualTo(when));
    }

    public List<String> names() {
        return client.resources(MountSession.class).inNamespace(namespace).list().getItems().stream()
                .map(session -> session.getMetadata().getName())
                .toList();
    }

    public void delete(String name) {
        resource(name).delete();
    }

    public Optional<Condition> condition(String name, String type) {
        MountSession session = get(name);
        return session == null ? Optional.empty() : Kstatus.condition(session, type);
    }

    /** Waits until a condition of that type has that status and reason. */
    public MountSession until(String name, String type, ConditionStatus status, String reason) {
        return until(name, type, status, reason, PATIENCE);
    }

    /** The same, for as long. */
    public MountSession until(String name, String type, ConditionStatus status, String reason, Duration patience) {
        await().atMost(patience).pollInterval(POLL).untilAsserted(() -> assertThat(condition(name, type))
                .as(() -> describe(name))
                .hasValueSatisfying(condition -> {
                    assertThat(condition.getReason()).isEqualTo(reason);
                    assertThat(condition.getStatus()).isEqualTo(status);
                }));
        return get(name);
    }

    /** Waits until Ready is True for the present generation. */
    public MountSession untilReady(String name) {
        await().atMost(PATIENCE).pollInterval(POLL).untilAsserted(() -> assertThat(condition(name, "Ready"))
                .as(() -> describe(name))
                .hasValueSatisfying(ready -> {
                    assertThat(ready.getStatus()).isEqualTo(ConditionStatus.TRUE);
                    assertThat(ready.getObservedGeneration())
                            .isEqualTo(get(name).getMetadata().getGeneration());
                }));
        return get(name);
    }

    /** Waits until Ready is True with another session than this one. */
    public MountSession untilReplaced(String name, String sessionId) {
        await().atMost(PATIENCE).pollInterval(POLL).untilAsserted(() -> assertThat(
                        get(name).getStatus().getSessionId())
                .as(() -> describe(name))
                .isNotNull()
                .isNotEqualTo(sessionId));
        return untilReady(name);
    }

    /** Waits until it is gone. */
    public void untilGone(String name) {
        await().atMost(PATIENCE).pollInterval(POLL).untilAsserted(() -> assertThat(get(name))
                .as(() -> describe(name))
                .isNull());
    }

    public Resource<Secret> secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name);
    }

    public List<Secret> secrets() {
        return client.secrets().inNamespace(namespace).list().getItems();
    }

    /**
     * @param name name of a Secret
     * @return its values, decoded; empty when there is none
     */
    public Map<String, String> data(String name) {
        Map<String, String> data = new HashMap<>();
        Secret secret = secret(name).get();
        if (secret != null && secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            data.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return data;
    }

    public List<Event> events(String name) {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getRegarding() != null
                        && "MountSession".equals(event.getRegarding().getKind())
                        && name.equals(event.getRegarding().getName()))
                .toList();
    }

    /**
     * @param name a MountSession's
     * @return its status, for a failure's message
     */
    public String describe(String name) {
        MountSession session = get(name);
        return session == null ? name + " does not exist" : String.valueOf(session.getStatus());
    }
}
