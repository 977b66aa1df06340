package io.tonbo.artifacts.sandbox.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.sandbox.mock.MockKubernetes;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxOrchestrator;
import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import io.tonbo.artifacts.sandbox.s3.SandboxS3;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked for twice, fails or breaks down. */
@Timeout(60)
class TroublePlayTest {
    @TempDir
    private static Path directory;

    private static MockKubernetes kubernetes;
    private static SandboxRedis redis;
    private static SandboxS3 s3;
    private static SandboxOrchestrator orchestrator;

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<String> taken = new ArrayList<>();
    private RuntimeException failure;
    private final WatchedObjects watched = new WatchedObjects(parts());

    @BeforeAll
    static void start() {
        kubernetes = MockKubernetes.start(directory);
        redis = SandboxRedis.start();
        s3 = SandboxS3.start();
        orchestrator = SandboxOrchestrator.start(redis);
    }

    @AfterAll
    static void stop() {
        orchestrator.close();
        s3.close();
        redis.close();
        kubernetes.close();
    }

    @AfterEach
    void stopWatching() {
        watched.close();
    }

    private static SandboxParts parts() {
        return new SandboxParts(kubernetes.client(), true, "default", orchestrator, s3, redis);
    }

    /** One whose player starts when a test says so. */
    private TroublePlay play(Script.Step provoke) {
        Trouble trouble =
                new Trouble(ProblemType.FORBIDDEN, Subject.WORKSPACE, "", "", Remedy.WAIT, Ending.READY, false);
        Script script = new Script(trouble, provoke, stage -> {
            taken.add("mend");
            if (failure != null) {
                throw failure;
            }
        });
        return new TroublePlay(parts(), watched, script, waiting::add);
    }

    private TroublePlay play() {
        return play(stage -> taken.add("provoke"));
    }

    private void takeSteps() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    @Test
    void whatIsMendedTwiceIsMendedOnce() {
        TroublePlay play = play();
        play.provoke();
        takeSteps();
        play.mend();
        play.mend();
        takeSteps();
        play.mend();
        takeSteps();
        assertThat(taken).containsExactly("provoke", "mend");
        assertThat(play.state()).isEqualTo(State.MENDED);
        cleared(play);
    }

    @Test
    void aMendThatFailedCanBeAskedForAgain() {
        TroublePlay play = play();
        failure = new IllegalStateException("not this time");
        play.provoke();
        play.mend();
        takeSteps();
        assertThat(play.error()).contains("not this time");

        failure = null;
        play.mend();
        takeSteps();
        assertThat(taken).containsExactly("provoke", "mend", "mend");
        assertThat(play.error()).isEmpty();
        cleared(play);
    }

    @Test
    void aMendAfterAProvokeThatFailedIsDoneOnceToo() {
        TroublePlay play = play(stage -> {
            throw new IllegalStateException("not provoked");
        });
        play.provoke();
        play.mend();
        takeSteps();
        assertThat(play.error()).contains("not provoked");
        play.mend();
        takeSteps();
        assertThat(taken).containsExactly("mend");
        cleared(play);
    }

    @Test
    void aSecondProvokeStartsOverOnlyOnceTheFirstIsUnderWay() {
        TroublePlay play = play();
        play.provoke();
        play.provoke();
        takeSteps();
        assertThat(taken).containsExactly("provoke");
        play.provoke();
        takeSteps();
        assertThat(taken).containsExactly("provoke", "provoke");
        cleared(play);
    }

    @Test
    void oneThatBreaksDownKeepsNobodyWaitingAndCanBeCleared() throws InterruptedException {
        TroublePlay play = play(stage -> {
            throw new StackOverflowError("as errors go");
        });
        play.provoke();
        try {
            takeSteps();
        } catch (StackOverflowError e) {
            taken.add(e.getMessage());
        }
        assertThat(taken).containsExactly("as errors go");
        play.await();
        assertThat(play.error()).contains("a step of the sandbox broke down");
        cleared(play);
    }

    private void cleared(TroublePlay play) {
        play.clear();
        takeSteps();
        assertThat(play.error()).isEmpty();
        assertThat(play.state()).isEqualTo(State.IDLE);
    }
}
