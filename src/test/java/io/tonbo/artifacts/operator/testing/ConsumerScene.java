package io.tonbo.artifacts.operator.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Pods of one namespace and what controls them, without nodes: each Pod is said to run as soon as it is there, as a kubelet
 * would say it, unless its workload is held up.
 */
public final class ConsumerScene implements AutoCloseable {
    private static final String APP = "app";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final String namespace;
    private final Set<String> heldUp = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService kubelet = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> running;

    /**
     * @param client an administrator's
     * @param namespace a namespace of a cluster with kube-controller-manager
     */
    public ConsumerScene(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        running = kubelet.scheduleWithFixedDelay(this::runPods, 0, 100, TimeUnit.MILLISECONDS);
    }

    private void runPods() {
        try {
            client.pods().inNamespace(namespace).list().getItems().stream()
                    .filter(pod -> "Pending".equals(pod.getStatus().getPhase()))
                    .filter(pod -> !heldUp.contains(app(pod)))
                    .forEach(this::run);
        } catch (KubernetesClientException e) {
            // Gone meanwhile, or busy: there is a next time.
        }
    }

    private static String app(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(APP, "");
    }

    private void run(Pod pod) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var container = pod.getSpec().getContainers().get(0);
        var status = new PodStatusBuilder()
                .withPhase("Running")
                .withStartTime(now)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime(now)
                .endCondition()
                .addNewContainerStatus()
                .withName(container.getName())
                .withImage(container.getImage())
                .withImageID("")
                .withReady(true)
                .withRestartCount(0)
                .withNewState()
                .withNewRunning()
                .withStartedAt(now)
                .endRunning()
                .endState()
                .endContainerStatus()
                .build();
        client.resource(new PodBuilder(pod).withStatus(status).build()).patchStatus();
    }

    /** Pods of that workload that are made from now on stay Pending, until {@link #letGo}. */
    public void holdUp(String app) {
        heldUp.add(app);
    }

    public void letGo(String app) {
        heldUp.remove(app);
    }

    /** A Pod that nobody would make anew, with that Secret as its environment. */
    public Pod pod(String name, String secret) {
        PodTemplateSpec template = uses(name, secret);
        return client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build())
                .create();
    }

    /**
     * @param app the value of its label
     * @param secret the Secret that is its environment; null for none
     * @return a template for Pods
     */
    public static PodTemplateSpec uses(String app, String secret) {
        var template = new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels(APP, app)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.36")
                .endContainer()
                .endSpec();
        return secret == null
                ? template.build()
                : template.editSpec()
                        .editContainer(0)
                        .addNewEnvFrom()
                        .withNewSecretRef()
                        .withName(secret)
                        .endSecretRef()
                        .endEnvFrom()
                        .endContainer()
                        .endSpec()
                        .build();
    }

    /** A Deployment of one Pod, of that template. */
    public void deployment(String name, PodTemplateSpec template) {
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .addToMatchLabels(APP, name)
                        .endSelector()
                        .withTemplate(template)
                        .endSpec()
                        .build())
                .create();
    }

    /** A Deployment of one Pod with that Secret. */
    public void deployment(String name, String secret) {
        deployment(name, uses(name, secret));
    }

    /** A StatefulSet of one Pod with that Secret. */
    public void statefulSet(String name, String secret) {
        client.resource(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withServiceName(name)
                        .withNewSelector()
                        .addToMatchLabels(APP, name)
                        .endSelector()
                        .withTemplate(uses(name, secret))
                        .endSpec()
                        .build())
                .create();
    }

    /** A DaemonSet with that Secret, of no Pod, since there is no node. */
    public void daemonSet(String name, String secret) {
        client.resource(new DaemonSetBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .addToMatchLabels(APP, name)
                        .endSelector()
                        .withTemplate(uses(name, secret))
                        .endSpec()
                        .build())
                .create();
    }

    /** Waits until as many Pods run with that label. */
    public void untilRunning(String app, int count) {
        await().atMost(PATIENCE).until(() -> running(app).size() == count);
    }

    /** Names of the Pods with that label that run. */
    public List<String> running(String app) {
        return client.pods().inNamespace(namespace).withLabel(APP, app).list().getItems().stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    public boolean isRunning(String pod) {
        Pod found = client.pods().inNamespace(namespace).withName(pod).get();
        return found != null && "Running".equals(found.getStatus().getPhase());
    }

    public void deletePod(String name) {
        client.pods().inNamespace(namespace).withName(name).withGracePeriod(0).delete();
    }

    /**
     * @param kind Deployment, StatefulSet or DaemonSet
     * @param name its name
     * @param mountSession name of a MountSession
     * @return what that MountSession restarted it for; empty if it never did
     */
    public Optional<String> stamp(String kind, String name, String mountSession) {
        Map<String, String> annotations = template(kind, name).getMetadata().getAnnotations();
        return Optional.ofNullable(annotations)
                .map(each -> each.get("restarted-for.artifacts.tonbo.io/" + mountSession));
    }

    public long generation(String deployment) {
        HasMetadata found = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .get();
        return found.getMetadata().getGeneration();
    }

    private PodTemplateSpec template(String kind, String name) {
        var apps = client.apps();
        return switch (kind) {
            case "Deployment" ->
                apps.deployments()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()
                        .getSpec()
                        .getTemplate();
            case "StatefulSet" ->
                apps.statefulSets()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()
                        .getSpec()
                        .getTemplate();
            default ->
                apps.daemonSets()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()
                        .getSpec()
                        .getTemplate();
        };
    }

    @Override
    public void close() {
        running.cancel(false);
        kubelet.shutdown();
    }
}
