package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As the operator's ServiceAccount, on a real API server, bound to what is shipped. */
class OperatorRbacIT {
    private final KubeCluster cluster = SharedKubeCluster.cluster();
    private final String namespace = cluster.newNamespace("rbac");
    private final KubernetesClient operator = SharedKubeCluster.operator().newClient();

    @AfterEach
    void close() {
        operator.close();
    }

    @Test
    void aSecretIsReadByItsNameAndInNoOtherWay() {
        cluster.adminClient().resource(secret()).create();
        assertThat(operator.secrets().inNamespace(namespace).withName("keys").get())
                .isNotNull();
        assertForbidden(() -> operator.secrets().inNamespace(namespace).list());
        assertForbidden(() -> operator.secrets()
                .inNamespace(namespace)
                .withLabel("app", "artifacts")
                .list());
        assertForbidden(() -> operator.secrets().inAnyNamespace().list());
        assertForbidden(() -> operator.secrets().inNamespace(namespace).watch(ignoring()));
        assertForbidden(() -> operator.secrets().inNamespace(namespace).delete());
    }

    @Test
    void aSecretIsWrittenByItsNameAndNeverPatched() {
        // Any other is refused by the admission policy, see OperatorGuardIT.
        Secret published = new SecretBuilder(secret())
                .editMetadata()
                .withOwnerReferences(ownerThatIsThere())
                .endMetadata()
                .build();
        Secret created = operator.resource(published).create();
        operator.resource(created).update();
        assertForbidden(() -> operator.resource(created).patch(PatchContext.of(PatchType.JSON_MERGE), "{}"));
        assertForbidden(() -> operator.resource(created).serverSideApply());
        operator.resource(created).delete();
    }

    @ParameterizedTest
    @CsvSource({
        "get, artifacts.tonbo.io, workspaces, '', true",
        "list, artifacts.tonbo.io, workspaces, '', true",
        "watch, artifacts.tonbo.io, workspaces, '', true",
        "patch, artifacts.tonbo.io, workspaces, '', true",
        "patch, artifacts.tonbo.io, workspaces, status, true",
        "create, artifacts.tonbo.io, workspaces, '', false",
        "update, artifacts.tonbo.io, workspaces, '', false",
        "delete, artifacts.tonbo.io, workspaces, '', false",
        "update, artifacts.tonbo.io, workspaces, status, false",
        "get, artifacts.tonbo.io, mountsessions, '', true",
        "list, artifacts.tonbo.io, mountsessions, '', true",
        "watch, artifacts.tonbo.io, mountsessions, '', true",
        "patch, artifacts.tonbo.io, mountsessions, '', true",
        "patch, artifacts.tonbo.io, mountsessions, status, true",
        "create, artifacts.tonbo.io, mountsessions, '', false",
        "update, artifacts.tonbo.io, mountsessions, '', false",
        "delete, artifacts.tonbo.io, mountsessions, '', false",
        "update, artifacts.tonbo.io, mountsessions, status, false",
        "create, events.k8s.io, events, '', true",
        "patch, events.k8s.io, events, '', false",
        "list, events.k8s.io, events, '', false",
        "create, '', events, '', false",
        "get, '', namespaces, '', true",
        "list, '', namespaces, '', false",
        "get, coordination.k8s.io, leases, '', false",
        "create, coordination.k8s.io, leases, '', false",
        "get, '', configmaps, '', false",
        "list, '', pods, '', true",
        "get, '', pods, '', false",
        "watch, '', pods, '', false",
        "delete, '', pods, '', false",
        "create, '', pods, exec, false",
        "get, apps, deployments, '', true",
        "patch, apps, deployments, '', true",
        "list, apps, deployments, '', false",
        "watch, apps, deployments, '', false",
        "update, apps, deployments, '', false",
        "delete, apps, deployments, '', false",
        "get, apps, statefulsets, '', true",
        "patch, apps, statefulsets, '', true",
        "list, apps, statefulsets, '', false",
        "watch, apps, statefulsets, '', false",
        "update, apps, statefulsets, '', false",
        "delete, apps, statefulsets, '', false",
        "get, apps, daemonsets, '', true",
        "patch, apps, daemonsets, '', true",
        "list, apps, daemonsets, '', false",
        "watch, apps, daemonsets, '', false",
        "update, apps, daemonsets, '', false",
        "delete, apps, daemonsets, '', false",
        "patch, apps, deployments, scale, false",
        "get, apps, replicasets, '', false",
        "create, '', serviceaccounts, token, false",
        "get, apiextensions.k8s.io, customresourcedefinitions, '', false",
    })
    void permissionsInAnyNamespace(String verb, String group, String resource, String subresource, boolean allowed) {
        SelfSubjectAccessReview review = operator.resource(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withNamespace(namespace)
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(resource)
                        .withSubresource(subresource)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create();
        assertThat(review.getStatus().getAllowed()).isEqualTo(allowed);
    }

    @Test
    void itTellsWhatHappenedBesideTheObjectAndWhereThatIsDyingInItsOwnNamespace() {
        operator.resource(event("beside", namespace)).create();
        cluster.adminClient()
                .configMaps()
                .inNamespace(namespace)
                .resource(blocker())
                .create();
        cluster.adminClient().namespaces().withName(namespace).delete();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> operator.namespaces()
                                .withName(namespace)
                                .get()
                                .getMetadata()
                                .getDeletionTimestamp()
                        != null);
        assertForbidden(() -> operator.resource(event("too-late", namespace)).create());
        operator.resource(event(namespace, KubeCluster.OPERATOR_NAMESPACE)).create();
        cluster.adminClient()
                .configMaps()
                .inNamespace(namespace)
                .withName("blocker")
                .edit(map -> new ConfigMapBuilder(map)
                        .editMetadata()
                        .withFinalizers()
                        .endMetadata()
                        .build());
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                .isEqualTo(403));
    }

    /** Holds up the end of its namespace until its finalizer is taken off. */
    private static ConfigMap blocker() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("blocker")
                .withFinalizers("artifacts.tonbo.io/test")
                .endMetadata()
                .build();
    }

    /** About a Workspace in this test's namespace. */
    private Event event(String name, String where) {
        return new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(where)
                .endMetadata()
                .withEventTime(new MicroTime("2026-11-23T10:00:00.000000Z"))
                .withReportingController("artifacts.tonbo.io/operator")
                .withReportingInstance("test")
                .withType("Normal")
                .withReason("Released")
                .withAction("Release")
                .withNewRegarding()
                .withApiVersion("artifacts.tonbo.io/v1alpha1")
                .withKind("Workspace")
                .withName("w")
                .withNamespace(namespace)
                .endRegarding()
                .build();
    }

    private OwnerReference ownerThatIsThere() {
        HasMetadata session = cluster.adminClient()
                .resource(
                        """
                        apiVersion: artifacts.tonbo.io/v1alpha1
                        kind: MountSession
                        metadata: {name: keys, namespace: %s}
                        spec: {workspaceRef: {name: files}}
                        """
                                .formatted(namespace))
                .create();
        return new OwnerReferenceBuilder()
                .withApiVersion(session.getApiVersion())
                .withKind(session.getKind())
                .withName("keys")
                .withUid(session.getMetadata().getUid())
                .build();
    }

    private Secret secret() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("keys")
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }

    private static Watcher<Secret> ignoring() {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, Secret secret) {}

            @Override
            public void onClose(WatcherException cause) {}
        };
    }
}
