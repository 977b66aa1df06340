package io.tonbo.artifacts.release.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as {@code ./mvnw -Pimage package} makes it: what is in it, and that it runs. */
class ImageIT {
    private static final Path PROJECT = ProjectRoot.find();
    private static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

    /** What is not from the system; the accounts are written for the image. */
    private static final List<String> OURS = List.of("app/", "opt/java/", "etc/", "usr/share/sbom/");

    @TempDir
    private static Path directory;

    private static LoadedImage image;
    private static Path sbom;
    private static Path root;

    @BeforeAll
    static void build() throws Exception {
        sbom = directory.resolve("sbom.json");
        image = build("image", settings("", true), sbom);
        root = directory.resolve("root");
        image.unpack(root);
    }

    @AfterAll
    static void delete() throws IOException {
        // What was unpacked has directories that a temporary directory's own cleaning would not be allowed to empty.
        if (root != null) {
            FileTree.delete(root);
        }
    }

    private static ImageSettings settings(String base, boolean archived) {
        return new ImageSettings(
                base, "registry.example.com/artifacts-operator:test", "1.2.3", "", "4711", CREATED, archived);
    }

    private static LoadedImage build(String name, ImageSettings settings, Path bill) throws Exception {
        Path work = Files.createDirectories(directory.resolve(name));
        Path tar = work.resolve("image.tar");
        String id = new OperatorImage(settings, PROJECT, work).build(tar, bill);
        LoadedImage loaded = LoadedImage.load(tar, work.resolve("loaded"));
        assertThat(loaded.id()).isEqualTo(id);
        return loaded;
    }

    @Test
    void itRunsReadOnlyAsNobodyAndBringsBothKindsToReady() throws Exception {
        Container.needMounts();
        Path log = directory.resolve("operator.log");
        try (World world = World.start()) {
            String namespace = world.cluster().newNamespace("image");
            WorkspaceScene workspaces = new WorkspaceScene(world, namespace)
                    .token(world.token("image"))
                    .goodKeys()
                    .bucket("image-bucket");
            Map<String, String> env = new HashMap<>(world.environment());
            // By name, which the image's own C library looks up.
            env.computeIfPresent("ARTIFACTS_ORCHESTRATOR_URL", (name, url) -> url.replace("127.0.0.1", "localhost"));
            env.put("QUARKUS_OPERATOR_SDK_NAMESPACES", namespace);
            try (Container container = Container.start(image, root, SharedKubeCluster.operator(), env, log)) {
                await().atMost(Duration.ofMinutes(1)).until(() -> container.isUp("/q/health/ready"));
                workspaces.apply("files", "image-bucket");
                workspaces.untilReady("files");
                SessionScene sessions = new SessionScene(workspaces);
                sessions.apply("files", "files");
                sessions.untilReady("files");

                assertChecks(container);
                assertThat(container.isUp("/q/health/live")).isTrue();
                assertThat(container.isUp("/q/health/started")).isTrue();
                assertThat(container.status())
                        .containsEntry("Uid", "65532 65532 65532 65532")
                        .containsEntry("Gid", "65532 65532 65532 65532")
                        .containsEntry("NoNewPrivs", "1")
                        .containsEntry("CapEff", "0000000000000000");
                assertThat(container.mappedFiles()).as("it uses the archive").contains("operator.jsa");
                assertThat(container.process().end(Duration.ofSeconds(60)))
                        .as("SIGTERM ends it")
                        .isTrue();
            }
        }
        assertThat(Files.readString(log))
                .doesNotContain("ERROR", "WARN", "Exception", "warning")
                .contains("artifacts-operator", "stopped in");
    }

    /** As the Operator Lifecycle Manager starts it for an OperatorGroup of all namespaces: it names none. */
    @Test
    void namedNoNamespaceItBringsToReadyWhatComesIntoANewOne() throws Exception {
        Container.needMounts();
        Path log = directory.resolve("everywhere.log");
        try (World world = World.start()) {
            Map<String, String> env = new HashMap<>(world.environment());
            env.put("QUARKUS_OPERATOR_SDK_NAMESPACES", "");
            try (Container container = Container.start(image, root, SharedKubeCluster.operator(), env, log)) {
                await().atMost(Duration.ofMinutes(1)).until(() -> container.isUp("/q/health/ready"));
                WorkspaceScene workspaces = new WorkspaceScene(
                                world, world.cluster().newNamespace("everywhere"))
                        .token(world.token("everywhere"))
                        .goodKeys()
                        .bucket("everywhere-bucket");
                workspaces.apply("files", "everywhere-bucket");
                workspaces.untilReady("files");
            }
        }
    }

    /** As the Pods of {@code helm test} and of the uninstallation start the image: by its entry point, with arguments. */
    private static void assertChecks(Container operator) throws Exception {
        String ready = operator.url("/q/health/ready").toString();
        assertThat(check(0, "--check-ready", ready)).contains(ready + " says that it is ready");
        assertThat(check(1, "--check-uninstall")).contains("not uninstalled", "Workspace ");
    }

    private static String check(int exitCode, String... arguments) throws Exception {
        Path log = directory.resolve("check.log");
        try (Container check = Container.start(image, root, SharedKubeCluster.operator(), Map.of(), log, arguments)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> !check.process().isAlive());
            assertThat(check.process().exitValue())
                    .as(check.process()::obituary)
                    .isEqualTo(exitCode);
        }
        return Files.readString(log);
    }

    @Test
    void itSaysWhatItIsAndHowItRuns() throws Exception {
        assertThat(image.name()).isEqualTo("registry.example.com/artifacts-operator:test");
        JsonNode config = image.config();
        assertThat(config.path("created").asText()).isEqualTo(CREATED.toString());
        assertThat(config.at("/config/User").asText()).isEqualTo("65532:65532");
        assertThat(config.at("/config/ExposedPorts").fieldNames()).toIterable().containsExactly("8080/tcp");
        assertThat(image.strings("/config/Entrypoint")).containsExactly("/opt/java/bin/java", "@java.args");
        JsonNode labels = config.at("/config/Labels");
        assertThat(labels.path("org.opencontainers.image.title").asText()).isEqualTo("artifacts-operator");
        assertThat(labels.path("org.opencontainers.image.version").asText()).isEqualTo("1.2.3");
        assertThat(labels.path("org.opencontainers.image.revision").asText()).isEqualTo("4711");
        assertThat(labels.path("org.opencontainers.image.licenses").asText()).isEqualTo("Apache-2.0");
        assertThat(labels.path("org.opencontainers.image.created").asText()).isEqualTo(CREATED.toString());
        assertThat(Files.readString(root.resolve("etc/passwd"))).contains(":65532:65532:");
        String bill = labels.path("io.tonbo.artifacts.sbom").asText();
        assertThat(root.resolve(bill.substring(1))).hasSameTextualContentAs(sbom);
    }

    @Test
    void allOfItIsRootsAndNobodyElseCanWriteIt() throws IOException {
        assertThat(image.entries().stream()
                        .filter(entry -> !"tmp/".equals(entry.path()))
                        .filter(entry ->
                                !"0/0".equals(entry.owner()) || !entry.mode().matches("[-d]rw[-x]r-[-x]r-[-x]")))
                .isEmpty();
        assertThat(image.entries().stream().map(LoadedImage.Entry::path))
                .contains("app/java.args", "opt/java/bin/java");
    }

    @Test
    void temporaryFilesAreItsUsersAndOfWhomThePlatformPutsIntoRootsGroup() throws IOException {
        assertThat(image.entries())
                .filteredOn(entry -> entry.path().startsWith("tmp/"))
                .containsExactly(new LoadedImage.Entry("drwxrwx---", "65532/0", "tmp/"));
    }

    @Test
    void itTrustsTheAuthoritiesThatJavaTrusts() throws Exception {
        KeyStore trusted = KeyStore.getInstance(
                root.resolve("opt/java/lib/security/cacerts").toFile(), (char[]) null);

        assertThat(trusted.size()).isGreaterThan(50);
    }

    @Test
    void itsJavaHasTheModulesThatItsClassesName() throws Exception {
        assertThat(new ModuleUse(root.resolve("app")).missing(Set.copyOf(JavaRuntime.MODULES)))
                .as("modules that are not in the image, and the jars that name them. None of these comes that way here")
                .containsOnlyKeys("java.desktop", "jdk.compiler");
    }

    @Test
    void theBillOfMaterialsIsWhatIsInIt() throws Exception {
        ImageBill read = ImageBill.read(sbom);
        JsonNode bill = read.json();
        List<JsonNode> components = read.components();
        Set<String> packaged;
        try (Stream<Path> jars = Files.walk(root.resolve("app/lib"))) {
            packaged = jars.filter(Files::isRegularFile)
                    .map(jar -> jar.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(components.stream()
                        .filter(component -> component.path("purl").asText().startsWith("pkg:maven/"))
                        .filter(component ->
                                "library".equals(component.path("type").asText()))
                        .map(component -> component.path("group").asText() + "."
                                + component.path("name").asText() + "-"
                                + component.path("version").asText() + ".jar"))
                .hasSizeGreaterThan(100)
                .containsExactlyInAnyOrderElementsOf(packaged);
        assertThat(read.names()).contains("openjdk").doesNotContain("junit-jupiter", "s3proxy", "jib-core");
        assertThat(components)
                .filteredOn(component -> !"file".equals(component.path("type").asText()))
                .allSatisfy(component -> assertThat(component.path("licenses").size())
                        .as("%s", component)
                        .isPositive())
                .allSatisfy(component -> assertThat(component.path("purl").asText())
                        .as("what a scanner knows %s by", component)
                        .matches("pkg:(maven|deb|generic)/.+@.+"));
        assertThat(bill.at("/metadata/component/type").asText()).isEqualTo("container");
        assertThat(bill.at("/metadata/component/name").asText()).isEqualTo("registry.example.com/artifacts-operator");
        assertThat(bill.has("compositions"))
                .as("it says that parts are missing")
                .isFalse();
        assertThat(bill.has("serialNumber") || bill.path("metadata").has("timestamp"))
                .as("what would make each build another")
                .isFalse();
    }

    @Test
    void theBillOfMaterialsNamesWhatIsFromTheSystem() throws Exception {
        List<Path> system = image.entries().stream()
                .map(LoadedImage.Entry::path)
                .filter(path -> !path.endsWith("/"))
                .filter(path -> OURS.stream().noneMatch(path::startsWith))
                .map(path -> Path.of("/", path))
                .toList();
        Set<String> named = ImageBill.read(sbom).names();

        assertThat(system).anyMatch(file -> file.getFileName().toString().startsWith("libc.so"));
        for (Path file : system) {
            assertThat(named).as("what %s is of", file).contains(ImageBill.part(file));
        }
    }

    /** In other directories; the second on the first as its base, of which nothing but its layers is expected. */
    @Test
    void anApplicationMakesTheSameImageEachTimeAndTheSameLayersWhateverIsBelow() throws Exception {
        LoadedImage first = build("first", settings("", false), directory.resolve("first.json"));
        LoadedImage second = build("second", settings("", false), directory.resolve("second.json"));
        Path base = directory.resolve("first/image.tar");
        LoadedImage above = build("above", settings("tar://" + base, false), directory.resolve("above.json"));

        assertThat(second.id()).as("the image's id").isEqualTo(first.id());
        assertThat(image.layers())
                .as("all but the launch and the archive")
                .startsWith(first.layers().subList(0, 6).toArray(String[]::new));
        assertThat(above.layers())
                .as("the base, then Java, libraries, application; and a launch whose bill of materials differs")
                .hasSize(7 + 4)
                .startsWith(first.layers().toArray(String[]::new));
        assertThat(ImageBill.read(directory.resolve("above.json"))
                        .json()
                        .at("/compositions/0/aggregate")
                        .asText())
                .as("what the base has is not listed")
                .isEqualTo("incomplete");
        assertThat(above.layers().subList(7, 10)).isEqualTo(first.layers().subList(3, 6));
    }
}
