package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.redis.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In front of a real API server, with the client that the operator uses. */
class KubeApiProxyIT {
    private final KubeCluster cluster = SharedKubeCluster.cluster();
    private final String namespace = cluster.newNamespace("proxy");
    private KubeApiProxy proxy;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        proxy = KubeApiProxy.inFrontOf(cluster);
        client = client(cluster.adminKubeconfig().via(proxy.url()), false);
    }

    @AfterEach
    void stop() {
        client.close();
        proxy.close();
        cluster.adminClient().namespaces().withName(namespace).delete();
    }

    @Test
    void writesAreRememberedWithWhatBecameOfThem() {
        client.resource(configMap("a", "1")).create();
        client.configMaps().inNamespace(namespace).withName("a").get();
        assertThatThrownBy(() -> client.resource(configMap("a", "2")).create()).hasMessageContaining("already exists");
        assertThat(proxy.writes())
                .extracting(write -> write.call().method() + " " + write.call().resource() + " "
                        + write.call().namespace() + " " + write.status())
                .containsExactly("POST configmaps " + namespace + " 201", "POST configmaps " + namespace + " 409");
    }

    @Test
    void theCallersTokenIsTheOneThatCounts() {
        try (KubernetesClient operator = client(SharedKubeCluster.operator().via(proxy.url()), false)) {
            assertThatThrownBy(() -> operator.secrets().inNamespace(namespace).list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("system:serviceaccount:artifacts-system:artifacts-operator");
        }
    }

    @Test
    void aLostReplyLeavesTheEffect() {
        proxy.afterEachWrite((call, status) -> Reply.DROP);
        client.getConfiguration().setRequestRetryBackoffLimit(0);
        assertThatThrownBy(() -> client.resource(configMap("a", "1")).create())
                .isInstanceOf(KubernetesClientException.class);
        assertThat(stored("a").getData()).containsEntry("key", "1");
    }

    @Test
    void theHookRunsAfterTheEffectAndBeforeTheReplyAndOthersGoOn() {
        List<String> story = new ArrayList<>();
        proxy.afterEachWrite((call, status) -> {
            // Through the same proxy: a slow hook holds up nobody else.
            story.add("effect "
                    + client.configMaps()
                            .inNamespace(namespace)
                            .withName("a")
                            .get()
                            .getData());
            return Reply.FORWARD;
        });
        client.resource(configMap("a", "1")).create();
        story.add("reply");
        assertThat(story).containsExactly("effect {key=1}", "reply");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 409, 422, 429, 500})
    void aRefusalHasNoEffectAndLooksLikeTheServers(int status) {
        client.getConfiguration().setRequestRetryBackoffLimit(0);
        proxy.refuse(call -> call.changes("configmaps"), status, 1);
        assertThatThrownBy(() -> client.resource(configMap("a", "1")).create())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(status);
                    assertThat(e.getStatus().getMessage()).isEqualTo("refused by a test");
                });
        assertThat(stored("a")).isNull();
        assertThat(proxy.writes()).isEmpty();
        client.resource(configMap("a", "1")).create();
        assertThat(stored("a")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void watchesStreamThrough(boolean plainHttp) {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (KubernetesClient watching = client(cluster.adminKubeconfig().via(proxy.url()), plainHttp);
                var watch = watching.configMaps()
                        .inNamespace(namespace)
                        .withName("watched")
                        .watch(new Watcher<>() {
                            @Override
                            public void eventReceived(Action action, ConfigMap map) {
                                seen.add(action + " " + map.getData());
                            }

                            @Override
                            public void onClose(WatcherException cause) {
                                seen.add("closed " + cause);
                            }
                        })) {
            assertThat(watch).isNotNull();
            cluster.adminClient().resource(configMap("watched", "1")).create();
            await().atMost(Duration.ofSeconds(10)).until(() -> seen.contains("ADDED {key=1}"));
            cluster.adminClient().resource(configMap("watched", "2")).update();
            await().atMost(Duration.ofSeconds(10)).until(() -> seen.contains("MODIFIED {key=2}"));
            assertThat(seen).hasSize(2);
        }
    }

    private ConfigMap stored(String name) {
        return cluster.adminClient()
                .configMaps()
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private ConfigMap configMap(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addToData("key", value)
                .build();
    }

    private static KubernetesClient client(Kubeconfig kubeconfig, boolean plainHttpWatches) {
        Config config = Config.fromKubeconfig(kubeconfig.yaml());
        config.setOnlyHttpWatches(plainHttpWatches);
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
