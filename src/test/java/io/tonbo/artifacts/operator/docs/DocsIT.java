package io.tonbo.artifacts.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.testing.ConsumerScene;
import io.tonbo.artifacts.operator.testing.InProcessOperator;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page's blocks that are marked to be run or applied, in the page's order, typed by a {@link Reader} on a real
 * Kubernetes API with the operator at work. There are no nodes: what a kubelet would say of Pods is said for it.
 */
class DocsIT {
    /** It installs the operator, so it is read where there is none yet. */
    private static final Path INSTALL = Path.of("docs", "install.md");

    private static final Path TRANSCRIPTS = Pages.ROOT.resolve("target/docs");
    private static final double TIME_SCALE = 0.05;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static World world;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws IOException {
        world = World.start();
        world.s3().createBucket("team-data");
        Files.createDirectories(TRANSCRIPTS);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    static List<Path> pages() {
        return Pages.all().stream()
                .filter(page -> page.blocks().stream().anyMatch(CodeBlock::isDone))
                .map(MarkdownPage::file)
                .filter(file -> !file.equals(INSTALL))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatAPageSaysWorks(Path page) throws Exception {
        Reader.needTools(done(page));
        KubeCluster cluster = SharedKubeCluster.cluster();
        Reader reader = reader(cluster, page);
        try (ConsumerScene pods = new ConsumerScene(cluster.adminClient(), reader.namespace());
                InProcessOperator operator = InProcessOperator.start(
                        SharedKubeCluster.operator().newClient(),
                        world.environment(),
                        TIME_SCALE,
                        Set.of(reader.namespace()))) {
            assertThat(pods).isNotNull();
            assertThat(operator).isNotNull();
            read(page, reader);
            clear(reader);
        }
    }

    @Test
    void theOperatorIsInstalledAndRemovedAsThePageSays() throws Exception {
        Reader.needTools(done(INSTALL));
        try (KubeCluster cluster = KubeCluster.start(new KubeCluster.Options(true, false));
                InstalledOperator operator = new InstalledOperator(cluster, world, TIME_SCALE)) {
            Reader reader = reader(cluster, INSTALL);
            for (CodeBlock block : done(INSTALL)) {
                operator.followsItsDeployment(reader.namespace());
                reader.does(block);
            }
            operator.followsItsDeployment(reader.namespace());
            keep(INSTALL, reader);

            assertThat(operator.wasThere()).as("the page starts the operator").isTrue();
            assertThat(operator.isThere()).as("the page removes it").isFalse();
            assertThat(cluster.kubectl("get", "crd", "-o", "name").orFail()).isBlank();
        }
    }

    @Test
    void aBlockThatFailsIsNamedWithWhatItPutOut() throws Exception {
        Path page = Path.of("wrong.md");
        Reader reader = reader(SharedKubeCluster.cluster(), page);
        String text =
                """
                # Wrong

                ```sh run
                kubectl get workspace nowhere
                ```

                ```sh run
                false | cat
                echo on
                ```

                ```yaml apply
                kind: Workspace
                ```
                """;
        List<CodeBlock> blocks = MarkdownPage.of(page, text).blocks();

        assertThatThrownBy(() -> reader.does(blocks.get(0)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(
                        "wrong.md:3 (sh run) ended with exit code 1",
                        "workspaces.artifacts.tonbo.io \"nowhere\" not found");
        assertThatThrownBy(() -> reader.does(blocks.get(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("wrong.md:7 ");
        assertThatThrownBy(() -> reader.does(blocks.get(2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("wrong.md:12 ");
        clear(reader);
    }

    private Reader reader(KubeCluster cluster, Path page) throws IOException {
        String name = page.toString()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("\\.md$", "")
                .replace('/', '-');
        return new Reader(cluster, cluster.newNamespace(name), world, name, directory);
    }

    private static List<CodeBlock> done(Path page) {
        return MarkdownPage.read(Pages.ROOT, page).blocks().stream()
                .filter(CodeBlock::isDone)
                .toList();
    }

    private static void read(Path page, Reader reader) throws IOException, InterruptedException {
        try {
            for (CodeBlock block : done(page)) {
                reader.does(block);
            }
        } finally {
            keep(page, reader);
        }
    }

    /** For whoever writes the pages: what the commands really put out. */
    private static void keep(Path page, Reader reader) throws IOException {
        Files.writeString(TRANSCRIPTS.resolve(page.toString().replace('/', '-') + ".txt"), reader.transcript());
    }

    /** Nothing stays that only an operator can let go. */
    private static void clear(Reader reader) {
        for (var kind : List.of(MountSession.class, Workspace.class)) {
            var objects = reader.client().resources(kind).inNamespace(reader.namespace());
            objects.delete();
            await().atMost(PATIENCE).until(() -> objects.list().getItems().isEmpty());
        }
        reader.client().namespaces().withName(reader.namespace()).delete();
        reader.client()
                .apps()
                .deployments()
                .inNamespace(KubeCluster.OPERATOR_NAMESPACE)
                .delete();
    }
}
