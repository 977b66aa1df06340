package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.PreviousSession;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.sandbox.orchestrator.SessionState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A MountSession is deleted, whatever is in the way: it goes in bounded time, and says what lives on and until when. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MountSessionDeletionIT {
    private static final String ENDS_SOON = "ends-soon";

    private static SessionStage stage;
    private static InProcessOperator operator;
    private static int stories;

    private final String name = "deleted-" + ++stories;
    private String token;

    @BeforeAll
    static void start() {
        stage = new SessionStage("session-deletion");
        operator = stage.operator();
        // Its end is what the last story waits for, so its time begins to run with the first.
        stage.sessions().apply(ENDS_SOON, SessionStage.WORKSPACE, spec -> spec.setTtlSeconds(70));
        stage.sessions().untilReady(ENDS_SOON);
        stage.sessions().edit(ENDS_SOON, spec -> spec.setSuspend(true));
    }

    @AfterAll
    static void stop() {
        operator.close();
        stage.close();
    }

    @BeforeEach
    void aTokenOfItsOwn() {
        token = stage.world().token(SessionStage.HANDLE);
    }

    @AfterEach
    void mendWhatWasBroken() {
        stage.world().orchestrator().listen();
    }

    private void restartOperator(double timeScale) {
        operator.close();
        operator = stage.operator(timeScale);
    }

    /** A Workspace and a session of it, both called like the story, with a token that only they use. */
    private MountSessionStatus ready() {
        stage.workspaces()
                .secret("token-" + name, java.util.Map.of("token", token))
                .bucket(name);
        stage.workspaces()
                .apply(name, name, spec -> spec.getConnectionSecretRef().setName("token-" + name));
        stage.workspaces().untilReady(name);
        stage.sessions().apply(name, name, spec -> spec.setTtlSeconds(3600));
        return stage.sessions().untilReady(name).getStatus();
    }

    private static SessionState state(String id) {
        return stage.world().orchestrator().admin().session(id).orElseThrow().state();
    }

    private void deleteAndWait() {
        stage.sessions().delete(name);
        stage.sessions().untilGone(name);
    }

    /** In its last event it says why it was let go, which session lives on, and until when. */
    private void isLeftToExpire(MountSessionStatus left, String reason) {
        assertThat(state(left.getSessionId())).isEqualTo(SessionState.LIVE);
        Event last = lastWord(name, reason);
        assertThat(last.getType()).isEqualTo("Warning");
        assertThat(last.getNote())
                .contains(left.getSessionId() + " at " + left.getExpiresAt().toString());
        await().untilAsserted(
                        () -> assertThat(stage.sessions().secret(name).get()).isNull());
    }

    private void isRevoked(String id) {
        assertThat(state(id)).isEqualTo(SessionState.REVOKED);
        assertThat(stage.sessions().secret(name).get()).isNull();
        lastWord(name, "Revoked");
    }

    private static Event lastWord(String session, String reason) {
        await().untilAsserted(() -> assertThat(stage.sessions().events(session))
                .anyMatch(event -> event.getReason().equals(reason)));
        return stage.sessions().events(session).stream()
                .filter(event -> event.getReason().equals(reason))
                .findFirst()
                .orElseThrow();
    }

    @Order(1)
    @Test
    void anAbandonedOneIsLetGoAtOnceThoughNothingAnswers() {
        MountSessionStatus left = ready();
        stage.world().orchestrator().stopListening();

        stage.sessions().annotate(name, ArtifactsApi.ABANDON, "true");
        deleteAndWait();

        isLeftToExpire(left, "Abandoned");
    }

    @Order(2)
    @Test
    void bothSessionsOfAnOverlapAreRevoked() {
        String first = ready().getSessionId();
        stage.sessions().edit(name, spec -> spec.setTtlSeconds(1800));
        MountSessionStatus second = stage.sessions().untilReplaced(name, first).getStatus();
        assertThat(second.getPreviousSessions())
                .extracting(PreviousSession::getId)
                .containsExactly(first);
        assertThat(state(first)).isEqualTo(SessionState.LIVE);

        deleteAndWait();

        isRevoked(first);
        isRevoked(second.getSessionId());
    }

    @Order(2)
    @Test
    void aSuspendedOneIsRevoked() {
        String id = ready().getSessionId();
        stage.sessions().edit(name, spec -> spec.setSuspend(true));

        deleteAndWait();

        isRevoked(id);
    }

    @Order(2)
    @Test
    void anOrphaningDeletionTakesTheSecretAlong() {
        String id = ready().getSessionId();

        stage.sessions()
                .resource(name)
                .withPropagationPolicy(DeletionPropagation.ORPHAN)
                .delete();
        stage.sessions().untilGone(name);

        isRevoked(id);
    }

    @Order(3)
    @Test
    void withoutTheTokensSecretTheTokenThatTheOperatorRemembersRevokes() {
        String id = ready().getSessionId();
        stage.sessions().secret("token-" + name).delete();

        deleteAndWait();

        isRevoked(id);
    }

    @Order(3)
    @Test
    void aWorkspaceThatWasForcedAwayDoesNotKeepItsSessionFromBeingRevoked() {
        String id = ready().getSessionId();
        forceAway(name);

        deleteAndWait();

        isRevoked(id);
    }

    private static void forceAway(String workspace) {
        WorkspaceScene workspaces = stage.workspaces();
        workspaces.delete(workspace);
        await().until(() -> {
            if (workspaces.get(workspace) != null) {
                workspaces
                        .resource(workspace)
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
            }
            return workspaces.get(workspace) == null;
        });
    }

    @Order(3)
    @Test
    void aTokenThatWasRevokedIsWaitedForNoLongerThanAMinute() {
        MountSessionStatus left = ready();
        stage.world().orchestrator().admin().revokeToken(token);

        deleteAndWait();

        isLeftToExpire(left, "LeftToExpire");
    }

    @Order(4)
    @Test
    void aProcessThatNeverSawTheTokenLetsGoAfterAMinute() {
        MountSessionStatus left = ready();
        operator.close();
        stage.sessions().secret("token-" + name).delete();
        operator = stage.operator();

        Instant deleted = Instant.now();
        deleteAndWait();

        // A minute, scaled.
        assertThat(Duration.between(deleted, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
        isLeftToExpire(left, "LeftToExpire");
    }

    @Order(4)
    @Test
    void aProcessThatNeverSawTheWorkspaceLetsGo() {
        MountSessionStatus left = ready();
        operator.close();
        forceAway(name);
        operator = stage.operator();

        deleteAndWait();

        isLeftToExpire(left, "LeftToExpire");
    }

    @Order(5)
    @Test
    void anOutageIsWaitedForWhileTheSessionLives() {
        String id = ready().getSessionId();
        stage.world().orchestrator().stopListening();
        stage.sessions().delete(name);
        // Longer than a terminating namespace would wait.
        restartOperator(0.001);
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(10))
                .until(() -> stage.sessions().get(name) != null);
        assertThat(state(id)).isEqualTo(SessionState.LIVE);

        stage.world().orchestrator().listen();
        stage.sessions().untilGone(name);

        isRevoked(id);
        restartOperator(SessionStage.TIME_SCALE);
    }

    @Order(6)
    @Test
    void anOutageIsWaitedForNoLongerThanTheLastSessionLives() {
        Instant ends = stage.sessions().get(ENDS_SOON).getStatus().getExpiresAt();
        stage.world().orchestrator().stopListening();
        stage.sessions().delete(ENDS_SOON);

        await().atMost(Duration.between(Instant.now(), ends).plusSeconds(15))
                .untilAsserted(() -> assertThat(stage.sessions().get(ENDS_SOON))
                        .as(() -> stage.sessions().describe(ENDS_SOON))
                        .isNull());

        // The two clocks are one, but for the second that the answer's date is cut to.
        assertThat(Instant.now()).isAfter(ends.minusSeconds(2));
        assertThat(stage.sessions().secret(ENDS_SOON).get()).isNull();
        lastWord(ENDS_SOON, "Revoked");
    }
}
