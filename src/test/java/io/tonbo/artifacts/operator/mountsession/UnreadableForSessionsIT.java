package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.AllAtOnce;
import io.tonbo.artifacts.operator.testing.KubeApiProxy;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.operator.testing.ProblemRun;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A Secret is there, but the operator may not read it: nobody is told to create it, and a live credential stays Ready. */
class UnreadableForSessionsIT {
    private static final AllAtOnce CASES = new AllAtOnce();
    private static final Set<String> UNREADABLE = ConcurrentHashMap.newKeySet();
    private static KubeApiProxy kube;
    private static ProblemStage stage;

    @BeforeAll
    static void start() {
        kube = KubeApiProxy.inFrontOf(SharedKubeCluster.cluster());
        kube.refuse(
                call -> call.resource().equals("secrets") && UNREADABLE.contains(call.name()), 403, Integer.MAX_VALUE);
        stage = new ProblemStage(
                "unreadable-too", 0.02, Map.of(), SharedKubeCluster.operator().via(kube.url()));
    }

    @AfterAll
    static void stop() {
        CASES.close();
        stage.close();
        kube.close();
    }

    @TestFactory
    Stream<DynamicTest> isSaidSoAndGoneOnWithOnceItMayBeRead() {
        return CASES.played(
                List.of(
                        source("no-token", ProblemType.CONNECTION_SECRET_UNREADABLE, "-token"),
                        source("no-keys", ProblemType.STORAGE_CREDENTIALS_UNREADABLE, "-keys"),
                        own()),
                UnreadableForSessionsIT::play);
    }

    private static void play(SessionRow row) {
        SessionPlay play = new SessionPlay(stage, row.name());
        new ProblemRun<>(stage.world(), row.first(), play).play();
        if (row.renewal() != null) {
            new RenewalRun(stage.world(), row.renewal(), play).play();
        }
    }

    private static SessionRow source(String name, ProblemType type, String suffix) {
        return SessionRow.both(
                ProblemRow.<SessionPlay>of(name, type).saying("may not be read by the operator (RBAC: get secrets)"),
                play -> {
                    UNREADABLE.add(name + suffix);
                    play.workspace().untilReadingsAreOld();
                },
                play -> UNREADABLE.remove(name + suffix));
    }

    /** Nothing is decided, let alone opened, while nobody knows what is under the Secret's name. */
    private static SessionRow own() {
        return SessionRow.once(ProblemRow.<SessionPlay>of("no-look", ProblemType.SECRET_NOT_WRITABLE)
                .saying("reading Secret")
                .by(play -> {
                    play.activeWorkspace();
                    UNREADABLE.add("no-look");
                    play.apply();
                })
                .healedBy(play -> UNREADABLE.remove("no-look")));
    }
}
