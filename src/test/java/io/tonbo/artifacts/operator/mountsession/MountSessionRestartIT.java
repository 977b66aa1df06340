package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.PreviousSession;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.KubeApiProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator is stopped and started in an orderly way: live sessions cost nothing, and what was lost of status comes back. */
class MountSessionRestartIT {
    private static SessionStage stage;
    private static InProcessOperator operator;
    private static int stories;

    private final String name = "restart-" + ++stories;

    @BeforeAll
    static void start() {
        stage = new SessionStage("session-restart");
        operator = stage.operator();
    }

    @AfterAll
    static void stop() {
        operator.close();
        stage.close();
    }

    @AfterEach
    void rightTheClock() {
        stage.world().orchestrator().behaviour().clockOffset(Duration.ZERO);
    }

    /** A clock that jumps is another story. */
    private void hearOfTheClock() {
        String first = name + "-first";
        stage.sessions().apply(first, SessionStage.WORKSPACE);
        stage.sessions().untilReady(first);
        stage.sessions().delete(first);
        stage.sessions().untilGone(first);
    }

    private static String version(String secret) {
        return stage.sessions().secret(secret).get().getMetadata().getResourceVersion();
    }

    private static void untilLookedAtAgain(String session) {
        String again = "again-" + System.nanoTime();
        stage.sessions().annotate(session, ArtifactsApi.RECONCILE_REQUESTED_AT, again);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        stage.sessions().get(session).getStatus().getLastHandledReconcileAt())
                .as(() -> stage.sessions().describe(session))
                .isEqualTo(again));
    }

    private static List<String> writes(int since) {
        List<KubeApiProxy.Write> all = stage.kube().writes();
        return all.subList(since, all.size()).stream()
                .map(KubeApiProxy.Write::call)
                .filter(call -> !call.isEventOrLease())
                .map(call -> call.method() + " " + call.resource() + "/" + call.name() + "/" + call.subresource())
                .sorted()
                .toList();
    }

    @ParameterizedTest(name = "the orchestrator''s clock is {0} h ahead")
    @ValueSource(ints = {0, 1, -1})
    void tenLiveSessionsCostNothing(int hoursAhead) {
        stage.world().orchestrator().behaviour().clockOffset(Duration.ofHours(hoursAhead));
        hearOfTheClock();
        stage.begin();
        List<String> names =
                IntStream.range(0, 10).mapToObj(i -> name + "-" + i).toList();
        names.forEach(each -> stage.sessions().apply(each, SessionStage.WORKSPACE, spec -> spec.setTtlSeconds(3600)));
        names.forEach(stage.sessions()::untilReady);
        operator.close();
        var opened = stage.account().opened();
        List<String> versions =
                names.stream().map(MountSessionRestartIT::version).toList();
        List<MountSessionStatus> before = names.stream()
                .map(each -> stage.sessions().get(each).getStatus())
                .toList();
        int written = stage.kube().writes().size();

        operator = stage.operator();
        names.forEach(MountSessionRestartIT::untilLookedAtAgain);

        // That it was looked at is all there is to write. A write shows before its answer has passed the proxy.
        List<String> looks = names.stream()
                .map(each -> "PATCH mountsessions/" + each + "/status")
                .sorted()
                .toList();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(writes(written)).containsExactlyElementsOf(looks));
        assertThat(opened).hasSize(10);
        assertThat(stage.account().opened()).isEqualTo(opened);
        assertThat(names.stream().map(MountSessionRestartIT::version)).containsExactlyElementsOf(versions);
        List<MountSessionStatus> after = new ArrayList<>();
        names.forEach(each -> after.add(stage.sessions().get(each).getStatus()));
        before.forEach(status -> status.setLastHandledReconcileAt(null));
        after.forEach(status -> status.setLastHandledReconcileAt(null));
        assertThat(after).usingRecursiveComparison().isEqualTo(before);
        names.forEach(stage.sessions()::delete);
        names.forEach(stage.sessions()::untilGone);
        names.forEach(stage.account()::assertNothingLeft);
    }

    private void wipeStatus() {
        stage.sessions()
                .resource(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":null}");
        assertThat(stage.sessions().get(name).getStatus().getSessionId()).isNull();
    }

    @Test
    void aStatusThatWasWipedIsReadFromTheSecret() {
        stage.begin();
        stage.sessions().apply(name, SessionStage.WORKSPACE);
        MountSessionStatus before = stage.sessions().untilReady(name).getStatus();
        String version = version(name);

        wipeStatus();
        untilLookedAtAgain(name);

        MountSessionStatus after = stage.account().untilSettled(name).getStatus();
        assertThat(after.getSessionId()).isEqualTo(before.getSessionId());
        assertThat(after.getExpiresAt()).isEqualTo(before.getExpiresAt());
        assertThat(after.getRenewAt())
                .isBetween(
                        before.getRenewAt().minusSeconds(3), before.getRenewAt().plusSeconds(3));
        assertThat(stage.account().opened()).hasSize(1);
        assertThat(version(name)).isEqualTo(version);
        deleteAndFindNothing();
    }

    @Test
    void aRenewalWhoseStatusWasWipedKnowsTheSessionBeforeIt() {
        stage.begin();
        stage.sessions().apply(name, SessionStage.WORKSPACE, spec -> spec.setTtlSeconds(3600));
        String first = stage.sessions().untilReady(name).getStatus().getSessionId();
        operator.close();
        wipeStatus();
        // Less than was granted is due at once.
        stage.sessions().edit(name, spec -> spec.setTtlSeconds(1800));

        operator = stage.operator();

        MountSession renewed = stage.sessions().untilReplaced(name, first);
        assertThat(renewed.getStatus().getPreviousSessions())
                .extracting(PreviousSession::getId)
                .containsExactly(first);
        stage.account().untilSettled(name);
        deleteAndFindNothing();
    }

    @Test
    void whatAReissueRevokedDoesNotComeBack() {
        stage.begin();
        SessionLife.REISSUE.prepare(stage, name);
        String first = stage.sessions().get(name).getStatus().getSessionId();
        SessionLife.REISSUE.bringAbout(stage, name);
        stage.sessions().untilReplaced(name, first);
        stage.account().untilSettled(name);
        operator.close();

        operator = stage.operator();
        stage.account().staysAsItIs(name);

        assertThat(stage.sessions().get(name).getStatus().getPreviousSessions()).isEmpty();
        deleteAndFindNothing();
    }

    private void deleteAndFindNothing() {
        stage.sessions().delete(name);
        stage.sessions().untilGone(name);
        stage.account().assertNothingLeft(name);
    }
}
