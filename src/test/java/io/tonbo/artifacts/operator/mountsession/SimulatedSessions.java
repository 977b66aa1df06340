package io.tonbo.artifacts.operator.mountsession;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceReference;
import io.tonbo.artifacts.operator.runtime.OperatorAssembly;
import io.tonbo.artifacts.operator.runtime.OperatorSettings;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.SimulatedClock;
import io.tonbo.artifacts.operator.testing.SimulatedKubernetes;
import io.tonbo.artifacts.sandbox.orchestrator.CallLog.Call;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;

/**
 * The operator's own reconciler of MountSessions in simulated time: visited at exactly the times that it asks for, and at no
 * other; one clock for it, its guards and the orchestrator.
 */
final class SimulatedSessions implements AutoCloseable {
    private static final String NAMESPACE = SimulatedWorkspace.NAMESPACE;

    /** What happens at a time, to an object or around them; at the same time, in the order in which it was planned. */
    private record Plan(Instant at, long number, String object, Runnable what) {}

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedKubernetes kube = new SimulatedKubernetes(clock);
    private final SimulatedWorkspace workspace = new SimulatedWorkspace(clock);
    private final Map<String, MountSession> objects = new LinkedHashMap<>();
    private final Map<String, Timeline> timelines = new LinkedHashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final PriorityQueue<Plan> agenda =
            new PriorityQueue<>(Comparator.comparing(Plan::at).thenComparing(Plan::number));
    private OperatorAssembly assembly;
    private MountSessionReconciler reconciler;
    private long plans;
    private long passes;

    SimulatedSessions() {
        kube.afterEachWrite(this::written);
        secret(SimulatedWorkspace.TOKEN_SECRET, Map.of("token", workspace.token()));
        secret(
                SimulatedWorkspace.KEYS_SECRET,
                Map.of("ARTIFACTS_S3_ACCESS_KEY_ID", "id", "ARTIFACTS_S3_SECRET_ACCESS_KEY", "secret"));
        start();
    }

    private void start() {
        assembly = new OperatorAssembly(
                OperatorSettings.from(
                        Map.of(
                                "ARTIFACTS_ORCHESTRATOR_URL",
                                workspace.orchestrator().url().toString(),
                                "ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS",
                                "127.0.0.1"),
                        null),
                kube.client(),
                new SimpleMeterRegistry(),
                clock);
        reconciler = assembly.mountSessionReconciler();
    }

    /** Another process takes over: it remembers nothing, and looks at every object at once. */
    void restart() {
        assembly.close();
        start();
        agenda.removeIf(plan -> plan.object() != null);
        objects.keySet().forEach(name -> visit(name, clock.instant()));
    }

    private void secret(String name, Map<String, String> data) {
        Map<String, String> encoded = new LinkedHashMap<>();
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        kube.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .withData(encoded)
                        .build())
                .create();
    }

    private void written(String path, JsonNode object) {
        String name = object.at("/metadata/name").asText();
        Timeline timeline = timelines.get(name);
        if (timeline == null) {
            return;
        }
        if (path.contains("/secrets/")) {
            String key = SecretAnnotation.SESSION_ID.key();
            timeline.published(
                    clock.instant(),
                    object.path("metadata").path("annotations").path(key).asText());
            return;
        }
        MountSession seen = kube.client().getKubernetesSerialization().convertValue(object, MountSession.class);
        Kstatus.assertHolds(seen);
        objects.put(name, seen);
        timeline.said(clock.instant(), seen);
    }

    /**
     * @param name of a new MountSession, and of its Secret
     * @param ttl its {@code ttlSeconds}
     */
    void apply(String name, Duration ttl) {
        MountSessionSpec spec = new MountSessionSpec();
        spec.setWorkspaceRef(new WorkspaceReference(SimulatedWorkspace.NAME));
        spec.setTtlSeconds((int) ttl.toSeconds());
        MountSession session = new MountSession();
        session.getMetadata().setNamespace(NAMESPACE);
        session.getMetadata().setName(name);
        session.getMetadata()
                .setUid(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString());
        session.setSpec(spec);
        timelines.put(name, new Timeline());
        kube.client().resource(session).create();
        visit(name, clock.instant());
    }

    /** Plans something. */
    void at(Instant time, Runnable what) {
        agenda.add(new Plan(time, plans++, null, what));
    }

    /** Plans an outage of the orchestrator: nobody answers. */
    void away(Timeline.Stretch outage) {
        at(outage.from(), workspace.orchestrator()::stopListening);
        at(outage.to(), workspace.orchestrator()::listen);
    }

    private void visit(String name, Instant time) {
        agenda.add(new Plan(time, plans++, name, () -> {
            Optional<Long> again =
                    reconciler.reconcile(objects.get(name), context()).getScheduleDelay();
            passes++;
            takeDown();
            if (again.isEmpty() || again.get() < 1) {
                throw new AssertionError(name + " is left alone for ever");
            }
            visit(name, clock.instant().plusMillis(again.get()));
        }));
    }

    /** The orchestrator remembers so many calls only. */
    private void takeDown() {
        var log = workspace.orchestrator().calls();
        List<Call> news = log.calls();
        if (!news.isEmpty()) {
            calls.addAll(news);
            log.clear();
        }
    }

    /** Lets time pass. */
    void runUntil(Instant end) {
        while (!agenda.isEmpty() && agenda.peek().at().isBefore(end)) {
            Plan next = agenda.poll();
            clock.moveTo(next.at());
            next.what().run();
        }
        clock.moveTo(end);
    }

    @SuppressWarnings("unchecked")
    private Context<MountSession> context() {
        return (Context<MountSession>) proxy(Context.class, (method, arguments) -> switch (method) {
            case "getSecondaryResource" ->
                arguments[0] == Workspace.class ? Optional.of(workspace.object()) : Optional.empty();
            case "getPrimaryCache" -> proxy(IndexerResourceCache.class, this::indexed);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    /** Each publishes under its own name. */
    private Object indexed(String method, Object... arguments) {
        if (!"byIndex".equals(method) || !MountSessionReconciler.BY_SECRET.equals(arguments[0])) {
            throw new UnsupportedOperationException(method);
        }
        return List.of(objects.get(String.valueOf(arguments[1]).substring(NAMESPACE.length() + 1)));
    }

    private interface Answers {
        Object to(String method, Object... arguments);
    }

    private static Object proxy(Class<?> type, Answers answers) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(method.getName(), arguments));
    }

    SimulatedWorkspace workspace() {
        return workspace;
    }

    SimulatedClock clock() {
        return clock;
    }

    Timeline timeline(String name) {
        return timelines.get(name);
    }

    SimulatedKubernetes kube() {
        return kube;
    }

    /** Every request to the orchestrator so far. */
    List<Call> calls() {
        return calls;
    }

    /** How often the reconciler was called. */
    long passes() {
        return passes;
    }

    @Override
    public void close() {
        assembly.close();
        workspace.close();
        kube.close();
    }
}
