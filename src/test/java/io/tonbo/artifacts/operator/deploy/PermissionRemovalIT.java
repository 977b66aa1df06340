package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.AllAtOnce;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.AuditEvent;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * No permission is shipped that nothing needs: each one is taken away by itself from an operator of its own, which then fails
 * at something, and comes right once it is given back. A permission without such a story fails here.
 */
class PermissionRemovalIT {
    private static final ShippedRbac SHIPPED = ShippedRbac.inDeploy();
    private static final Map<String, PermissionStory> STORIES = PermissionStories.all().stream()
            .collect(Collectors.toMap(PermissionStory::permission, Function.identity()));

    private static World world;
    private static OperatorLog log;
    private static AllAtOnce stories;
    private static Queue<LesserOperator> accounts;

    @BeforeAll
    static void start() {
        world = World.start();
        log = new OperatorLog();
        stories = AllAtOnce.butAtMost(6);
        accounts = new ConcurrentLinkedQueue<>();
    }

    @AfterAll
    static void stop() {
        stories.close();
        log.close();
        world.close();
        accounts.forEach(LesserOperator::close);
    }

    @TestFactory
    Stream<DynamicTest> eachIsMissed() {
        List<Permission> permissions = SHIPPED.permissions();
        assertThat(permissions)
                .extracting(Permission::toString)
                .as("a story for each permission, and none besides")
                .containsExactlyInAnyOrderElementsOf(STORIES.keySet());
        return Stream.concat(
                stories.played(permissions, PermissionRemovalIT::play),
                Stream.of(DynamicTest.dynamicTest(
                        "nothing but what was taken away was missed", PermissionRemovalIT::nothingElseWasMissed)));
    }

    private static void play(Permission missing) {
        // No name begins another, since they are looked for in one log.
        String name = "no-" + missing.verb() + "-" + missing.resource().replace('/', '-') + "-operator";
        LesserOperator account = new LesserOperator(SharedKubeCluster.cluster(), SHIPPED, missing, name);
        accounts.add(account);
        PermissionStory story = STORIES.get(missing.toString());
        try (PermissionStage stage = new PermissionStage(world, account, log, name)) {
            story.fails().accept(stage);
            account.isGivenItBack();
            story.comesRight().accept(stage);
        }
    }

    /** The API server's own account of it: what RBAC refused to whom. */
    private static void nothingElseWasMissed() {
        List<AuditEvent> audited = SharedKubeCluster.cluster().auditEvents();
        assertThat(accounts).hasSameSizeAs(STORIES.keySet()).allSatisfy(account -> assertThat(account.refused(audited))
                .containsExactly(account.missing().toString()));
    }
}
