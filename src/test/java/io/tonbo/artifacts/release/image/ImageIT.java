package io.tonbo.artifacts.release.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as {@code ./mvnw -Pimage package} makes it: what is in it, and that it runs. */
class ImageIT {
    private static final Path PROJECT = ProjectRoot.find();
    private static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

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
        FileTree.delete(root);
    }

    private static ImageSettings settings(String base, boolean archived) {
        return new ImageSettings(
                base, "registry.example.com/artifacts-operator:test", "1.2.3", "", "4711", CREATED, archived);
    }

    private static LoadedImage build(String name, ImageSettings settings, Path bill) throws Exception {
        Path work = Files.createDirectories(directory.resolve(name));
        Path tar = work.resolve("image.tar");
        new OperatorImage(settings, PROJECT, work).build(tar, bill);
        return LoadedImage.load(tar, work.resolve("loaded"));
    }

    @Test
    void itRunsReadOnlyAsNobodyAndBringsBothKindsToReady() throws Exception {
        Container.needRoot();
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

                assertThat(container.isUp("/q/health/live")).isTrue();
                assertThat(container.isUp("/q/health/started")).isTrue();
                assertThat(container.status())
                        .containsEntry("Uid", "65532 65532 65532 65532")
                        .containsEntry("Gid", "65532 65532 65532 65532")
                        .containsEntry("NoNewPrivs", "1")
                        .containsEntry("CapEff", "0000000000000000");
                assertThat(container.mappedFiles())
                        .as("with the archive, and nothing of this machine")
                        .contains("operator.jsa", "libc.so.6");
                assertThat(container.process().end(Duration.ofSeconds(60)))
                        .as("SIGTERM ends it")
                        .isTrue();
            }
        }
        assertThat(Files.readString(log))
                .doesNotContain("ERROR", "WARN", "Exception", "warning")
                .contains("artifacts-operator", "stopped in");
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
    void nothingInItCanBeWrittenOrIsPrivileged() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> wrong = files.filter(file -> !file.startsWith(root.resolve("tmp")))
                    .filter(file -> !Files.isSymbolicLink(file))
                    .filter(file -> isLoose(file))
                    .toList();
            assertThat(wrong).isEmpty();
        }
    }

    private static boolean isLoose(Path file) {
        try {
            int mode = (int) Files.getAttribute(file, "unix:mode");
            int setUidOrGid = 06000;
            int othersWrite = 022;
            return (mode & (setUidOrGid | othersWrite)) != 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
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
        JsonNode bill = new ObjectMapper().readTree(sbom.toFile());
        List<JsonNode> components = StreamSupport.stream(bill.path("components").spliterator(), false)
                .toList();
        Set<String> packaged;
        try (Stream<Path> jars = Files.walk(root.resolve("app/lib"))) {
            packaged = jars.filter(Files::isRegularFile)
                    .map(jar -> jar.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(components.stream()
                        .filter(component -> component.path("purl").asText().startsWith("pkg:maven/"))
                        .map(component -> component.path("group").asText() + "."
                                + component.path("name").asText() + "-"
                                + component.path("version").asText() + ".jar"))
                .hasSizeGreaterThan(100)
                .containsExactlyInAnyOrderElementsOf(packaged);
        assertThat(components.stream().map(component -> component.path("name").asText()))
                .contains("openjdk")
                .doesNotContain("junit-jupiter", "s3proxy", "jib-core");
        assertThat(components)
                .filteredOn(component -> !"file".equals(component.path("type").asText()))
                .allSatisfy(component -> assertThat(component.path("licenses").size())
                        .as("%s", component)
                        .isPositive());
        assertThat(bill.has("serialNumber") || bill.path("metadata").has("timestamp"))
                .as("what would make each build another")
                .isFalse();
    }

    /** In another directory and on another base, of which nothing but its layer is expected. */
    @Test
    void theSameSourcesMakeTheSameLayersWhateverIsBelow() throws Exception {
        Path base = directory.resolve("image/image.tar");
        LoadedImage again = build("again", settings("tar://" + base, false), directory.resolve("again.json"));

        List<String> below = image.layers();
        List<String> above = again.layers().subList(below.size(), again.layers().size());
        assertThat(again.layers()).as("the base is below").startsWith(below.toArray(String[]::new));
        assertThat(above)
                .as("Java, libraries, application; and a launch without archive")
                .hasSize(4)
                .startsWith(below.subList(3, 6).toArray(String[]::new));
    }
}
