package io.tonbo.artifacts.sandbox.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeClusterIT {
    private static final String OPERATOR = "system:serviceaccount:artifacts-system:artifacts-operator";

    /** The API server takes exactly six digits after the second. */
    private static final DateTimeFormatter SIX_DIGITS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final KubeCluster cluster = SharedKubeCluster.cluster();
    private final String namespace = cluster.newNamespace("cluster");

    @Test
    void kubectlTalksToTheRealServer() {
        assertThat(cluster.kubectl("version").orFail()).contains("Server Version: v1.34.4");
        Kubectl admin = cluster.kubectlAs(cluster.adminKubeconfig());
        String manifest =
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: from-kubectl}
                data: {key: value}
                """;
        assertThat(admin.runWithInput(manifest, "apply", "-n", namespace, "-f", "-")
                        .orFail())
                .contains("configmap/from-kubectl created");
        Kubectl.Result absent = cluster.kubectl("get", "configmap", "absent", "-n", namespace);
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.errors()).contains("NotFound");
        assertThatThrownBy(absent::orFail).isInstanceOf(AssertionError.class).hasMessageContaining("NotFound");
    }

    @Test
    void aCrdIsServedAsSoonAsItIsApplied(@TempDir Path crds) throws Exception {
        Files.writeString(
                crds.resolve("gadgets.yaml"),
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: gadgets.test.example.org}
                spec:
                  group: test.example.org
                  names: {kind: Gadget, plural: gadgets, singular: gadget}
                  scope: Namespaced
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object}}
                """);
        cluster.applyCrds(crds);
        Kubectl admin = cluster.kubectlAs(cluster.adminKubeconfig());
        assertThat(admin.runWithInput(
                                "{apiVersion: test.example.org/v1, kind: Gadget, metadata: {name: first}}",
                                "create",
                                "-n",
                                namespace,
                                "-f",
                                "-")
                        .orFail())
                .contains("gadget.test.example.org/first created");
        // Again is fine: a second test class does so.
        cluster.applyCrds(crds);
        cluster.kubectl("delete", "crd", "gadgets.test.example.org").orFail();
    }

    @Test
    void anEmptyDirectoryOfManifestsIsAMistake(@TempDir Path empty) {
        assertThatThrownBy(() -> cluster.applyCrds(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(empty.toString(), "holds no manifest");
    }

    @Test
    void anOwnedSecretGoesWithItsOwner() {
        ConfigMap owner = cluster.adminClient()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("owner")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        cluster.adminClient()
                .resource(new SecretBuilder(secret("owned"))
                        .editMetadata()
                        .addNewOwnerReference()
                        .withApiVersion("v1")
                        .withKind("ConfigMap")
                        .withName("owner")
                        .withUid(owner.getMetadata().getUid())
                        .endOwnerReference()
                        .endMetadata()
                        .build())
                .create();
        cluster.adminClient().resource(owner).delete();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> cluster.adminClient()
                                .secrets()
                                .inNamespace(namespace)
                                .withName("owned")
                                .get()
                        == null);
    }

    @Test
    void aDeletedNamespaceReallyGoes() {
        String doomed = cluster.newNamespace("doomed");
        cluster.adminClient().namespaces().withName(doomed).delete();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> cluster.adminClient().namespaces().withName(doomed).get() == null);
    }

    @Test
    void theAuditLogCountsExactlyAndAtOnce() {
        cluster.adminClient().resource(secret("counted")).create();
        try (KubernetesClient operator = SharedKubeCluster.operator().newClient()) {
            for (int round = 1; round <= 20; round++) {
                operator.resource(event("counted-" + round)).create();
                assertThat(operatorsWrites()).hasSize(round);
            }
            assertThat(operator.secrets()
                            .inNamespace(namespace)
                            .withName("counted")
                            .get())
                    .isNotNull();
            assertThatThrownBy(() -> operator.configMaps()
                            .inNamespace(namespace)
                            .withName("counted")
                            .delete())
                    .isInstanceOf(KubernetesClientException.class);
        }
        assertThat(operatorsWrites())
                .hasSize(21)
                .allMatch(event -> event.user().equals(OPERATOR))
                .last()
                .satisfies(refused -> {
                    assertThat(refused.verb()).isEqualTo("delete");
                    assertThat(refused.resource()).isEqualTo("configmaps");
                    assertThat(refused.name()).isEqualTo("counted");
                    assertThat(refused.status()).isEqualTo(403);
                    assertThat(refused.isEventOrLease()).isFalse();
                });
        assertThat(cluster.auditEvents())
                .filteredOn(event ->
                        event.namespace().equals(namespace) && event.resource().equals("secrets"))
                .extracting(AuditEvent::user)
                .containsExactly("admin", OPERATOR);
    }

    @Test
    void aTokenIsInTheKubeconfigsFileOnly() throws IOException {
        Kubeconfig admin = cluster.adminKubeconfig();
        assertThat(admin.toString()).doesNotContain(admin.token());
        assertThat(admin.file()).hasContent(admin.yaml());
        assertThat(admin.yaml()).contains(admin.token());
    }

    @Test
    void aClusterThatIsClosedLeavesNothing() {
        KubeCluster own = KubeCluster.start(KubeCluster.Options.BARE);
        List<Long> pids = own.pids();
        Path directory = own.adminKubeconfig().file().getParent();
        assertThat(pids).hasSize(2).allMatch(KubeClusterIT::isAlive);
        assertThatThrownBy(own::auditEvents).hasMessageContaining("without an audit log");
        own.close();
        assertThat(pids).noneMatch(KubeClusterIT::isAlive);
        assertThat(directory).doesNotExist();
    }

    @Test
    void aClusterDoesNotOutliveAKilledJvm(@TempDir Path scratch) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + scratch,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        StartsACluster.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null && !line.startsWith("pids ")) {
                line = output.readLine();
            }
            List<Long> pids = Stream.of(String.valueOf(line).split(" ", -1))
                    .skip(1)
                    .map(Long::parseLong)
                    .toList();
            assertThat(pids).hasSize(2).allMatch(KubeClusterIT::isAlive);
            jvm.destroyForcibly().waitFor();
            await().atMost(Duration.ofSeconds(10)).until(() -> pids.stream().noneMatch(KubeClusterIT::isAlive));
        } finally {
            jvm.destroyForcibly();
        }
    }

    /** A program that starts a cluster and says which processes that made. */
    static final class StartsACluster {
        public static void main(String[] arguments) throws InterruptedException {
            KubeCluster cluster = KubeCluster.start(KubeCluster.Options.BARE);
            System.out.println("pids "
                    + String.join(
                            " ", cluster.pids().stream().map(String::valueOf).toList()));
            Thread.sleep(Duration.ofMinutes(10).toMillis());
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private List<AuditEvent> operatorsWrites() {
        return cluster.auditEvents().stream()
                .filter(event -> event.namespace().equals(namespace))
                .filter(event -> event.user().equals(OPERATOR) && event.isWrite())
                .toList();
    }

    private Secret secret(String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }

    private Event event(String name) {
        return new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withEventTime(new MicroTime(SIX_DIGITS.format(Instant.now())))
                .withNewRegarding()
                .withKind("Secret")
                .withName("counted")
                .withNamespace(namespace)
                .endRegarding()
                .withReportingController("artifacts.tonbo.io/test")
                .withReportingInstance("test")
                .withType("Normal")
                .withReason("Tested")
                .withAction("Test")
                .build();
    }
}
