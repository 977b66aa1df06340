package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.RemoteState;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.Behaviour;
import io.tonbo.artifacts.sandbox.redis.RedisCommand;
import io.tonbo.artifacts.sandbox.redis.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The moment that decides whose a volume is, held open: one operator stands still in the middle of its claim while another
 * goes all its way. What a random fight would hit once in thousands of rounds.
 */
class WorkspaceClaimRaceIT {
    private static World world;
    private static String here;
    private static String elsewhere;
    private static InProcessOperator operator;
    private static InProcessOperator another;
    private static int stories;

    private final String handle = "claims-" + ++stories;
    private final RemoteState remote = new RemoteState(world, handle, handle);
    private final List<Hold> holds = new CopyOnWriteArrayList<>();

    /** One operator stands still: the first command like this took effect, its sender learns of that when told to go on. */
    private record Hold(Predicate<RedisCommand> command, CountDownLatch reached, CountDownLatch goOn) {
        Reply afterEffect(RedisCommand answered) {
            if (reached.getCount() > 0 && command.test(answered)) {
                reached.countDown();
                awaited(goOn);
            }
            return Reply.FORWARD;
        }
    }

    @BeforeAll
    static void start() {
        // The stricter server lets the older grant end, and so decides most of these races itself.
        world = World.start(new Behaviour().endsOlderGrants(false));
        here = world.cluster().newNamespace("claims");
        elsewhere = world.cluster().newNamespace("claims");
        operator = operator(here);
        another = operator(elsewhere);
    }

    private static InProcessOperator operator(String namespace) {
        return InProcessOperator.start(
                SharedKubeCluster.operator().newClient(), world.environment(), 0.05, Set.of(namespace));
    }

    @AfterAll
    static void stop() {
        operator.close();
        another.close();
        world.close();
    }

    @AfterEach
    void letEverythingPass() {
        holds.forEach(hold -> hold.goOn().countDown());
        world.metadata().heal();
    }

    private WorkspaceScene enter(String namespace) {
        WorkspaceScene scene = new WorkspaceScene(world, namespace)
                .goodKeys()
                .secret("token-" + handle, Map.of("token", world.token(handle)));
        scene.apply(handle, handle, spec -> spec.getConnectionSecretRef().setName("token-" + handle));
        return scene;
    }

    private Hold holdTheFirst(Predicate<RedisCommand> command) {
        Hold hold = new Hold(command, new CountDownLatch(1), new CountDownLatch(1));
        holds.add(hold);
        world.metadata().afterEachCommand(hold::afterEffect);
        return hold;
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean claims(RedisCommand command) {
        return command.name().equals("SET") && command.arguments().get(0).endsWith("setting");
    }

    private List<RedisCommand> claimsSent(Workspace winner) {
        String key = winner.getStatus().getKeyPrefix() + "setting";
        return world.metadata().answered().stream()
                .filter(command -> claims(command) && command.arguments().get(0).equals(key))
                .toList();
    }

    @Test
    void whoFoundTheVolumeFreeAndComesToClaimItLateDoesNotGetIt() {
        world.s3().createBucket(handle);
        Hold late = holdTheFirst(command -> command.name().equals("SETNX"));
        WorkspaceScene loser = enter(here);
        assertThat(awaited(late.reached()))
                .as("the one has looked and is about to claim")
                .isTrue();
        Hold quick = holdTheFirst(WorkspaceClaimRaceIT::claims);
        WorkspaceScene winner = enter(elsewhere);
        assertThat(awaited(quick.reached())).as("the other has claimed").isTrue();

        late.goOn().countDown();
        loser.untilStalled(handle, "VolumeForeign");
        quick.goOn().countDown();

        Workspace ready = winner.untilReady(handle);
        assertThat(claimsSent(ready)).as("both claimed").hasSize(2);
        remote.assertFormattedBy(ready);
        assertThat(loser.isTrue(handle, "Ready")).isFalse();
    }

    @Test
    void whoClaimedAndDoesNotKnowItYetHasItNevertheless() {
        world.s3().createBucket(handle);
        Hold claimed = holdTheFirst(WorkspaceClaimRaceIT::claims);
        WorkspaceScene first = enter(here);
        assertThat(awaited(claimed.reached())).as("the first has claimed").isTrue();

        WorkspaceScene second = enter(elsewhere);
        second.untilStalled(handle, "VolumeForeign");
        claimed.goOn().countDown();

        Workspace winner = first.untilReady(handle);
        assertThat(claimsSent(winner)).hasSize(1);
        remote.assertFormattedBy(winner);
        assertThat(second.isTrue(handle, "Ready")).isFalse();
    }
}
