package io.tonbo.artifacts.operator.mountsession;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import io.tonbo.artifacts.operator.mountsession.RestartOutcome.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** Workloads on a Kubernetes API of the test's own, and a MountSession that restarts them. */
abstract class RestartScene {
    static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final Duration PATIENCE = Duration.ofMinutes(10);
    static final String KEY = "restarted-for.artifacts.tonbo.io/web";
    static final String USES = "'template': {'metadata': {'annotations': {'mine': 'kept'}}, 'spec': {'containers':"
            + " [{'name': 'c', 'envFrom': [{'secretRef': {'name': 'creds'}}]}]}}";
    static final String CLAIMS =
            "'template': {'metadata': {'annotations': {'artifacts.tonbo.io/mount-session': 'web'}}, 'spec': {}}";
    static final String STRANGER =
            "'template': {'metadata': {'annotations': {'artifacts.tonbo.io/mount-session': 'another'}}, 'spec': {}}";

    final RestartProgress progress = new RestartProgress();

    /** That of the test, to which it is given. */
    abstract KubernetesClient client();

    @BeforeEach
    void failAtOnce() {
        client().getConfiguration().setRequestRetryBackoffLimit(0);
    }

    void create(String kind, String name, String spec) {
        String json = "{'apiVersion': 'apps/v1', 'kind': '" + kind + "', 'metadata': {'namespace': 'team', 'name': '"
                + name + "'}, 'spec': {'replicas': 1, " + spec + "}}";
        client().resource((HasMetadata) KUBERNETES.unmarshal(json.replace('\'', '"')))
                .create();
    }

    HasMetadata read(String kind, String name) {
        return switch (kind) {
            case "Deployment" ->
                client().apps().deployments().inNamespace("team").withName(name).get();
            case "StatefulSet" ->
                client().apps()
                        .statefulSets()
                        .inNamespace("team")
                        .withName(name)
                        .get();
            default ->
                client().apps().daemonSets().inNamespace("team").withName(name).get();
        };
    }

    /** Its controller has replaced every Pod. */
    void rollOut(String kind, String name) {
        HasMetadata workload = read(kind, name);
        ObjectNode tree = KUBERNETES.convertValue(workload, ObjectNode.class);
        tree.putObject("status")
                .put("observedGeneration", workload.getMetadata().getGeneration())
                .put("replicas", 1)
                .put("updatedReplicas", 1)
                .put("readyReplicas", 1)
                .put("availableReplicas", 1);
        client().resource(KUBERNETES.unmarshal(tree.toString(), workload.getClass()))
                .update();
    }

    /** Somebody writes the workload anew, without the stamps of others. */
    void unstamp(String kind, String name) {
        HasMetadata workload = read(kind, name);
        RestartTargets.annotations(RestartTargets.template(workload)).remove(KEY);
        client().resource(workload).update();
    }

    Map<String, String> annotations(String kind, String name) {
        return RestartTargets.annotations(RestartTargets.template(read(kind, name)));
    }

    String stamp(String name) {
        return annotations("Deployment", name).get(KEY);
    }

    ConsumerRestarts restarts(String mountSession, String stamp) {
        return new ConsumerRestarts(client(), "team", new SecretUse("creds", mountSession), stamp, PATIENCE);
    }

    RestartReport restart(String stamp, Instant now, WorkloadReference... targets) {
        return restarts("web", stamp).proceed(List.of(targets), progress, now);
    }

    static WorkloadReference deployment(String name) {
        return new WorkloadReference("Deployment", name);
    }

    static List<Kind> kinds(RestartReport report) {
        return report.outcomes().stream().map(RestartOutcome::kind).toList();
    }

    static String words(RestartReport report) {
        return String.join(
                "; ", report.outcomes().stream().map(RestartOutcome::words).toList());
    }
}
