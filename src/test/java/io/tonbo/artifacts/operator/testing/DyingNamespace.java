package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A namespace that is deleted with everything in it. Its Secrets go first, and no event can be made in it any more.
 *
 * @param client an administrator's
 * @param name its name
 */
public record DyingNamespace(KubernetesClient client, String name) {

    /** As kubectl would. */
    public void delete() {
        client.namespaces().withName(name).delete();
    }

    public List<Secret> secrets() {
        return client.secrets().inNamespace(name).list().getItems();
    }

    /** Waits until what can go without an operator is gone. */
    public void untilSecretsAreGone() {
        await().atMost(Duration.ofSeconds(30)).until(() -> secrets().isEmpty());
    }

    /**
     * Waits until it is gone.
     *
     * @param obstacle what may be in the way, for a failure's message
     */
    public void untilGone(Supplier<?> obstacle) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(
                        () -> assertThat(client.namespaces().withName(name).get())
                                .as(() -> "the namespace; in it is " + obstacle.get())
                                .isNull());
    }

    /**
     * What is said in the operator's own namespace.
     *
     * @param object name of an object in this one
     * @return the events about it
     */
    public List<Event> lastWords(String object) {
        return client.events().v1().events().inNamespace(KubeCluster.OPERATOR_NAMESPACE).list().getItems().stream()
                .filter(event -> event.getRegarding() != null
                        && object.equals(event.getRegarding().getName())
                        && name.equals(event.getRegarding().getNamespace()))
                .toList();
    }
}
