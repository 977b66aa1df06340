package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who has the operator's ServiceAccount can't do, though RBAC alone would let them. */
class OperatorGuardIT {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    /** Of any kind: RBAC lets it patch them all, and the garbage collector deletes whose owner is gone. */
    private static final List<String> CHANGES = List.of(
            "{'metadata':{'ownerReferences':[{'apiVersion':'v1','kind':'ConfigMap','name':'no','uid':'0-0'}]}}",
            "{'metadata':{'finalizers':['example.com/held']}}",
            "{'metadata':{'labels':{'app':'no'}}}",
            "{'metadata':{'annotations':{'theirs':'no'}}}",
            "{'metadata':{'annotations':{'theirs':null}}}",
            "{'spec':{'revisionHistoryLimit':0}}",
            "{'spec':{'minReadySeconds':9}}",
            "{'spec':{'template':{'metadata':{'labels':{'more':'no'}}}}}",
            "{'spec':{'template':{'metadata':{'finalizers':['example.com/held']}}}}",
            "{'spec':{'template':{'spec':{'containers':[{'name':'web','image':'evil'}]}}}}",
            "{'spec':{'template':{'spec':{'serviceAccountName':'admin'}}}}");

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

    static Stream<Arguments> changesOfAWorkload() {
        return Stream.of(
                Arguments.of(
                        Deployment.class,
                        List.of(
                                "{'spec':{'replicas':0}}",
                                "{'spec':{'paused':true}}",
                                "{'spec':{'progressDeadlineSeconds':10}}",
                                "{'spec':{'strategy':{'type':'Recreate','rollingUpdate':null}}}")),
                Arguments.of(
                        StatefulSet.class,
                        List.of(
                                "{'spec':{'replicas':0}}",
                                "{'spec':{'updateStrategy':{'type':'OnDelete','rollingUpdate':null}}}",
                                "{'spec':{'persistentVolumeClaimRetentionPolicy':{'whenDeleted':'Delete'}}}",
                                "{'spec':{'ordinals':{'start':1}}}")),
                Arguments.of(
                        DaemonSet.class,
                        List.of("{'spec':{'updateStrategy':{'type':'OnDelete','rollingUpdate':null}}}")));
    }

    @ParameterizedTest
    @MethodSource("changesOfAWorkload")
    void nothingElseOfAWorkloadIsChanged(Class<? extends HasMetadata> kind, List<String> changesOfItsOwn) {
        HasMetadata web = admin.resource(workload(kind)).create();

        assertThat(Stream.concat(CHANGES.stream(), changesOfItsOwn.stream()).map(change -> change.replace('\'', '"')))
                .allSatisfy(change -> {
                    assertRefused("nothing of a workload but", () -> operator.resource(web)
                            .patch(MERGE, change));
                    assertThatCode(() -> admin.resource(web).dryRun().patch(MERGE, change))
                            .as("others may")
                            .doesNotThrowAnyException();
                });
    }

    /** The API server counts templates of a DaemonSet up, in an annotation. */
    @ParameterizedTest
    @ValueSource(classes = {Deployment.class, StatefulSet.class, DaemonSet.class})
    void workloadsAreRestarted(Class<? extends HasMetadata> kind) {
        HasMetadata web = admin.resource(workload(kind)).create();

        for (String stamp : List.of("1", "2")) {
            HasMetadata restarted = operator.resource(web)
                    .patch(MERGE, annotation("restarted-for.artifacts.tonbo.io/x", "'" + stamp + "'"));
            assertThat(restarted.getMetadata().getGeneration()).isEqualTo(1 + Long.parseLong(stamp));
        }
        assertRefused("no annotation of Pods but", () -> operator.resource(web)
                .patch(MERGE, annotation("sidecar.istio.io/inject", "'true'")));
        assertRefused(
                "no annotation of Pods but", () -> operator.resource(web).patch(MERGE, annotation("theirs", "null")));
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

    private static String annotation(String key, String value) {
        return "{'spec':{'template':{'metadata':{'annotations':{'%s':%s}}}}}"
                .formatted(key, value)
                .replace('\'', '"');
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

    private HasMetadata workload(Class<? extends HasMetadata> kind) {
        return Serialization.unmarshal(
                """
                apiVersion: apps/v1
                kind: %s
                metadata: {name: web, namespace: %s, annotations: {theirs: "yes"}}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}, annotations: {theirs: "yes"}}
                    spec: {containers: [{name: web, image: web}]}
                """
                        .formatted(kind.getSimpleName(), namespace),
                kind);
    }
}
