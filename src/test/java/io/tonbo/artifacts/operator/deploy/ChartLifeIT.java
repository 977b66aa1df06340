package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.tonbo.artifacts.operator.testing.RemoteState;
import io.tonbo.artifacts.operator.testing.Scrape;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.OperatorProcess;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.orchestrator.StoredSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A release's life, on a real API server, with a Workspace and a MountSession that live through it. No Pod ever runs, so hooks
 * are left out ({@code --no-hooks}), and run as processes instead.
 */
class ChartLifeIT {
    private static final String CRDS = "mountsessions.artifacts.tonbo.io workspaces.artifacts.tonbo.io";

    @TempDir
    private static Path directory;

    private static World world;
    private static KubeCluster cluster;
    private static Helm helm;

    @BeforeAll
    static void start() {
        world = World.start();
        cluster = KubeCluster.start(new KubeCluster.Options(true, false));
        helm = Helm.as(cluster.adminKubeconfig());
    }

    @AfterAll
    static void stop() {
        cluster.close();
        world.close();
    }

    @Test
    void objectsLiveThroughAnUpgradeAndOutliveTheRelease(TestReporter reporter) throws Exception {
        Released released = new Released(cluster, directory);
        restrictedNamespace();
        String notes = helm("install", Chart.DIRECTORY).orFail();
        assertThat(notes).contains("kubectl apply -f -", "helm uninstall " + Chart.RELEASE);

        itsPodIsAdmitted();
        noPolicyMisreadsItsKinds();

        // The operator of the release works both kinds to Ready.
        String before;
        String remote;
        try (OperatorProcess operator = released.operator()) {
            userApplies();
            assertThat(released.hasToken(helmTest())).isFalse();
            Released.Run test = released.once(helmTest(), operator);
            assertThat(test.exitCode()).as(test.output()).isZero();
            assertThat(metrics(operator)).containsAll(MetricTable.COMMON);
            before = statuses();
            remote = remote();
        }

        // Without the release they are still there.
        assertThat(uninstall().orFail()).contains("kept due to the resource policy");
        assertThat(statuses()).isEqualTo(before);
        assertThat(kubectl("get deployment,serviceaccount,role -l helm.sh/chart -A"))
                .isBlank();

        // From the chart and the CRDs of before, with other settings: nothing of theirs changes. The operator of before
        // is not here, so none runs until the upgrade.
        Optional<Path> previous = PreviousChart.into(directory.resolve("previous"));
        reporter.publishEntry("upgraded from", previous.isPresent() ? "the chart before its last change" : "itself");
        helm("install", previous.orElse(Chart.DIRECTORY)).orFail();
        assertThat(statuses()).isEqualTo(before);
        helm("upgrade", Chart.DIRECTORY, "--set=crds.keep=false,log.level=DEBUG,shutdownGraceSeconds=20")
                .orFail();
        try (OperatorProcess operator = released.operator()) {
            kubectl("annotate workspace,mountsession files reconcile.artifacts.tonbo.io/requestedAt=upgraded");
            kubectl("wait workspace,mountsession files --timeout=60s"
                    + " --for=jsonpath={.status.lastHandledReconcileAt}=upgraded");
            assertThat(operator.http()).isNotNull();
            assertThat(statuses()).isEqualTo(before);
            assertThat(remote()).isEqualTo(remote);
        }
        theCrdsAreNotGivenUpByTheWay();
        removedInOrder(released);
    }

    private static void restrictedNamespace() {
        cluster.adminClient()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(Chart.NAMESPACE)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    /** No node takes it, but the namespace does. */
    private static void itsPodIsAdmitted() {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(kubectl("get pod -n " + Chart.NAMESPACE
                        + " -l app.kubernetes.io/component=operator -o jsonpath={.items[*].status.phase}"))
                .isEqualTo("Pending"));
    }

    /** The API server's own opinion of their expressions, which it gives some time after it took them. */
    private static void noPolicyMisreadsItsKinds() {
        kubectl("wait validatingadmissionpolicy -l helm.sh/chart --for=jsonpath={.status.observedGeneration}=1"
                + " --timeout=60s");
        assertThat(kubectl("get validatingadmissionpolicy -l helm.sh/chart"
                        + " -o jsonpath={.items[*].status.typeChecking.expressionWarnings}"))
                .isBlank();
    }

    /** In one step Helm would delete them, whatever the step says of keeping them. */
    private static void theCrdsAreNotGivenUpByTheWay() {
        assertThat(helm("upgrade", Chart.DIRECTORY, "--set=crds.enabled=false,crds.keep=true")
                        .errors())
                .contains("crds.enabled=false would delete both CRDs", "first upgrade with crds.enabled=true");
        kubectl("get crd " + CRDS);
    }

    /** With the CRDs: refused while there is anything left, and clean when there is not. */
    private static void removedInOrder(Released released) throws IOException, InterruptedException {
        PodSpec check = Chart.render(Chart.MINIMAL, "--set=crds.keep=false")
                .the(Job.class)
                .getSpec()
                .getTemplate()
                .getSpec();
        Released.Run refused = released.once(check);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .contains("not uninstalled", "Workspace team/files", "MountSession team/files", "kubectl delete");

        // The hook holds Helm up: its Job does not succeed here, as it would not with something left.
        assertThat(helm.run(List.of("uninstall", Chart.RELEASE, "--namespace=" + Chart.NAMESPACE, "--timeout=3s"))
                        .exitCode())
                .isNotZero();
        assertThat(kubectl("get deployment -n " + Chart.NAMESPACE + " -o name")).contains(Chart.RELEASE);
        kubectl("get crd " + CRDS);

        try (OperatorProcess operator = released.operator()) {
            assertThat(operator.http()).isNotNull();
            kubectl("delete mountsession,workspace files --timeout=60s");
        }
        assertThat(released.once(check).output()).contains("no Workspace and no MountSession is left");
        uninstall().orFail();
        kubectl("wait --for=delete crd " + CRDS + " --timeout=30s");
        assertThat(kubectl("get clusterrole,clusterrolebinding,validatingadmissionpolicy -l helm.sh/chart"))
                .isBlank();
    }

    /** Names of what is scraped: dashboard and alerts name some that are Java's and the process'. */
    private static Set<String> metrics(OperatorProcess operator) throws IOException, InterruptedException {
        return Scrape.of(operator.get("/q/metrics").body())
                .samples()
                .map(Scrape.Sample::name)
                .collect(Collectors.toSet());
    }

    private static PodSpec helmTest() {
        return Chart.render(Chart.MINIMAL).the(Pod.class).getSpec();
    }

    private static Helm.Result helm(String what, Path chart, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                what,
                Chart.RELEASE,
                chart.toString(),
                "--namespace=" + Chart.NAMESPACE,
                "--no-hooks",
                // Its own: an older schema need not know what today's has.
                "--values=" + chart.resolve(Chart.DIRECTORY.relativize(Chart.MINIMAL)),
                "--set=orchestrator.url=" + world.orchestrator().url(),
                "--set=storage.allowedEndpoints={127.0.0.1}"));
        arguments.addAll(List.of(more));
        return helm.run(arguments);
    }

    private static Helm.Result uninstall() {
        return helm.run(List.of("uninstall", Chart.RELEASE, "--namespace=" + Chart.NAMESPACE, "--no-hooks", "--wait"));
    }

    private static String kubectl(String command) {
        return cluster.kubectl(Arrays.stream(("-n team " + command).split(" ")).toArray(String[]::new))
                .orFail();
    }

    private static void userApplies() {
        world.s3().createBucket("team-data");
        Map<String, String> keys = Map.of(
                "TOKEN",
                world.token("ada"),
                "ENDPOINT",
                world.s3().endpoint().toString(),
                "KEY_ID",
                World.KEY_ID,
                "KEY_SECRET",
                World.KEY_SECRET);
        String manifests =
                """
                apiVersion: v1
                kind: Namespace
                metadata: {name: team}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: tonbo-token, namespace: team}
                stringData: {token: $TOKEN}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: bucket-keys, namespace: team}
                stringData: {ARTIFACTS_S3_ACCESS_KEY_ID: $KEY_ID, ARTIFACTS_S3_SECRET_ACCESS_KEY: $KEY_SECRET}
                ---
                apiVersion: artifacts.tonbo.io/v1alpha1
                kind: Workspace
                metadata: {name: files, namespace: team}
                spec:
                  storage: {bucket: team-data, endpoint: $ENDPOINT, credentialsSecretRef: {name: bucket-keys}}
                  connectionSecretRef: {name: tonbo-token}
                ---
                apiVersion: artifacts.tonbo.io/v1alpha1
                kind: MountSession
                metadata: {name: files, namespace: team}
                spec: {workspaceRef: {name: files}}
                """;
        for (Map.Entry<String, String> key : keys.entrySet()) {
            manifests = manifests.replaceAll("[$]" + key.getKey() + "\\b", key.getValue());
        }
        cluster.kubectlAs(cluster.adminKubeconfig())
                .runWithInput(manifests, "apply", "-f", "-")
                .orFail();
        kubectl("wait workspace,mountsession files --for=condition=Ready --timeout=60s");
    }

    /** All that is said of both, but for which request to look again was answered last. */
    private static String statuses() {
        return kubectl(
                        "get workspace,mountsession files -o jsonpath={range.items[*]}{.metadata.uid}{.status}{\"\\n\"}{end}")
                .replaceAll("\"lastHandledReconcileAt\":\"[^\"]*\",?", "");
    }

    /** What there is at Tonbo. */
    private static String remote() {
        return new RemoteState(world, "ada", "team-data").live() + " "
                + world.orchestrator().admin().sessionHistory("ada").stream()
                        .map(StoredSession::id)
                        .toList();
    }
}
