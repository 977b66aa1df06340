package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.testing.KillableOperator;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.redis.Reply;
import java.time.Duration;

/** The packaged operator on a {@link SessionStage}, killed where it is told to be and started again. */
final class SessionCrashes implements AutoCloseable {
    private final SessionStage stage;
    private KillableOperator operator;

    /**
     * @param namespace what the stage's namespace begins with
     */
    SessionCrashes(String namespace) {
        stage = new SessionStage(namespace);
        startOperator();
    }

    SessionStage stage() {
        return stage;
    }

    void startOperator() {
        operator = KillableOperator.start(
                SharedKubeCluster.operator().via(stage.kube().url()), stage.environment(), stage.namespace());
    }

    /** Waits until the operator's caches are filled. */
    void awaitStarted() {
        operator.awaitStarted();
    }

    /** Does what a user would; an operator that would be slow to notice is started anew. */
    void bringAbout(SessionLife life, String name) {
        if (life.isNoticedByWhoeverStarts()) {
            operator.kill();
        }
        life.bringAbout(stage, name);
        if (life.isNoticedByWhoeverStarts()) {
            startOperator();
        }
    }

    /** Returns when the operator was killed at that point, and is dead. */
    void crashAt(SessionLife life, String point, String name) {
        stage.begin();
        life.prepare(stage, name);
        stage.tap().trap(point, () -> {
            operator.kill();
            return Reply.DROP;
        });
        bringAbout(life, name);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(stage.tap().sprung())
                        .as(() ->
                                "no crash at " + point + ", only " + stage.tap().points() + "; " + operator.obituary())
                        .isTrue());
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !operator.isAlive());
        stage.tap().restart();
    }

    /** Kills the operator at that point, starts it again, and finds that it goes on where it was. */
    void isSurvived(SessionLife life, String point, String name) {
        crashAt(life, point, name);
        startOperator();

        stage.account().untilSettled(name);
        stage.account().staysAsItIs(name);

        assertThat(stage.account().opened()).hasSize(life.sessions());
        stage.sessions().delete(name);
        stage.sessions().untilGone(name);
        stage.account().assertNothingLeft(name);
    }

    @Override
    public void close() {
        operator.close();
        stage.close();
    }
}
