package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody who has the operator's ServiceAccount can't do, though RBAC alone would let them. */
class OperatorGuardIT {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubeCluster cluster = SharedKubeCluster.cluster();
    private final KubernetesClient admin = cluster.adminClient();
    private final String namespace = cluster.newNamespace("guard");
    private final KubernetesClient operator = SharedKubeCluster.operator().newClient();

    /** A policy is at work some time after it was made. */
    @BeforeEach
    void untilItIsGuarded() {
        Secret probe = secret("probe", "Opaque").build();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try {
                operator.resource(probe).dryRun().create();
                return false;
            } catch (KubernetesClientException e) {
                return e.getMessage().contains("denied request");
            }
        });
    }

    @AfterEach
    void close() {
        operator.close();
    }

    @Test
    void noTokenOfAnotherAccountCanBeHad() {
        Secret token = secret("token", "kubernetes.io/service-account-token")
                .editMetadata()
                .addToAnnotations("kubernetes.io/service-account.name", "default")
                .withOwnerReferences(owner())
                .endMetadata()
                .build();

        assertRefused(
                "Secrets of type Opaque only", () -> operator.resource(token).create());
    }

    @Test
    void secretsOfOthersStayAsTheyAre() {
        Secret foreign = admin.resource(secret("foreign", "Opaque").build()).create();
        Secret claimed = new SecretBuilder(foreign)
                .editMetadata()
                .withOwnerReferences(owner())
                .endMetadata()
                .build();

        assertRefused("that it published", () -> operator.resource(claimed).update());
        assertRefused("that it published", () -> operator.resource(foreign).delete());
        assertRefused(
                "that belong to a MountSession",
                () -> operator.resource(secret("mine", "Opaque").build()).create());
    }

    @Test
    void whatAMountSessionOwnsIsWrittenAndDeleted() {
        Secret published = secret("published", "Opaque")
                .editMetadata()
                .withOwnerReferences(owner())
                .endMetadata()
                .build();

        Secret created = operator.resource(published).create();
        operator.resource(
                        new SecretBuilder(created).withData(Map.of("b", "Yg==")).build())
                .update();
        operator.resource(created).delete();
    }

    @Test
    void workloadsAreRestartedAndNothingElse() {
        Deployment web = admin.resource(deployment()).create();

        operator.resource(web)
                .patch(MERGE, template("{'metadata':{'annotations':{'restarted-for.artifacts.tonbo.io/x':'1'}}}"));
        assertRefused("nothing of a workload but", () -> operator.resource(web)
                .patch(MERGE, template("{'spec':{'containers':[{'name':'web','image':'evil'}]}}")));
        assertRefused("nothing of a workload but", () -> operator.resource(web)
                .patch(MERGE, template("{'spec':{'serviceAccountName':'admin'}}")));
        assertRefused(
                "nothing of a workload but", () -> operator.resource(web).patch(MERGE, "{\"spec\":{\"replicas\":0}}"));
        assertRefused("no annotation of Pods but", () -> operator.resource(web)
                .patch(MERGE, template("{'metadata':{'annotations':{'sidecar.istio.io/inject':'true'}}}")));
        assertRefused("no annotation of Pods but", () -> operator.resource(web)
                .patch(MERGE, template("{'metadata':{'annotations':{'theirs':null}}}")));
        assertRefused("nothing of a workload but", () -> operator.resource(web)
                .patch(MERGE, "{\"metadata\":{\"annotations\":{\"theirs\":\"no\"}}}"));
    }

    /** The API server counts templates of a DaemonSet up, in an annotation. */
    @Test
    void daemonSetsAreRestartedToo() {
        DaemonSet agents = admin.resource(new DaemonSetBuilder()
                        .withNewMetadata()
                        .withName("agents")
                        .withNamespace(namespace)
                        .addToAnnotations("theirs", "yes")
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(deployment().getSpec().getSelector())
                        .withTemplate(deployment().getSpec().getTemplate())
                        .endSpec()
                        .build())
                .create();

        operator.resource(agents)
                .patch(MERGE, template("{'metadata':{'annotations':{'restarted-for.artifacts.tonbo.io/x':'1'}}}"));
        assertRefused("nothing of a workload but", () -> operator.resource(agents)
                .patch(MERGE, template("{'spec':{'serviceAccountName':'admin'}}")));
        assertRefused("nothing of a workload but", () -> operator.resource(agents)
                .patch(MERGE, "{\"metadata\":{\"annotations\":{\"theirs\":null}}}"));
    }

    @Test
    void nobodysWishesAreRewritten() {
        HasMetadata session = mountSession("files");

        operator.resource(session).patch(MERGE, "{\"metadata\":{\"finalizers\":[\"artifacts.tonbo.io/finalizer\"]}}");
        operator.resource(session).patch(MERGE, "{\"metadata\":{\"finalizers\":[]}}");
        assertRefused("but its finalizers", () -> operator.resource(session)
                .patch(MERGE, "{\"spec\":{\"ttlSeconds\":3600}}"));
        assertRefused("but its finalizers", () -> operator.resource(session)
                .patch(MERGE, "{\"metadata\":{\"annotations\":{\"artifacts.tonbo.io/abandon\":\"true\"}}}"));
    }

    private static void assertRefused(String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("denied request")
                .hasMessageContaining(why);
    }

    private static String template(String content) {
        return "{\"spec\":{\"template\":" + content.replace('\'', '"') + "}}";
    }

    private SecretBuilder secret(String name, String type) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withType(type)
                .withData(Map.of("a", "YQ=="));
    }

    /** Of one that is there: the garbage collector deletes what belongs to nobody. */
    private OwnerReference owner() {
        return new OwnerReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(MountSession.class))
                .withKind("MountSession")
                .withName("owner")
                .withUid(mountSession("owner").getMetadata().getUid())
                .build();
    }

    private HasMetadata mountSession(String name) {
        return admin.resource(
                        """
                        apiVersion: artifacts.tonbo.io/v1alpha1
                        kind: MountSession
                        metadata: {name: %s, namespace: %s}
                        spec: {workspaceRef: {name: files}}
                        """
                                .formatted(name, namespace))
                .serverSideApply();
    }

    private Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace(namespace)
                .addToAnnotations("theirs", "yes")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "web")
                .addToAnnotations("theirs", "yes")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("web")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
