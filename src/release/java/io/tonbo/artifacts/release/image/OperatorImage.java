package io.tonbo.artifacts.release.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Makes the operator's image: Java, the packaged application and, on an empty base, the C library of this machine, as a file
 * that {@code docker load} and its like take. Nothing is pushed, and no container runtime is needed.
 */
public final class OperatorImage {
    /** Who the operator is in the image: nobody that a node knows. */
    static final String USER_ID = "65532";

    private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "amd64", "aarch64", "arm64");
    private static final String PASSWD = "root:x:0:0:root:/:/none\nnonroot:x:65532:65532:nonroot:/tmp:/none\n";
    private static final String GROUP = "root:x:0:\nnonroot:x:65532:\n";

    private final ImageSettings settings;
    private final Path project;
    private final Path work;
    private final Path stage;

    /**
     * @param settings what was decided
     * @param project the project's root; the operator is packaged in its {@code target}
     * @param work a directory, emptied of an earlier image's parts
     */
    public OperatorImage(ImageSettings settings, Path project, Path work) {
        this.settings = settings;
        this.project = project;
        this.work = work;
        this.stage = work.resolve("stage");
    }

    /**
     * @param tar the file to write
     * @param sbom the file that takes the bill of materials, which is in the image too
     * @return the image's id: the same for the same bits
     * @throws IOException if a file cannot be read or written, or a base cannot be had
     * @throws InterruptedException if interrupted
     * @throws IllegalStateException if something is missing on this machine, or the operator does not start; says what
     */
    public String build(Path tar, Path sbom) throws IOException, InterruptedException {
        FileTree.delete(stage);
        Path application = stage.resolve("app");
        FileTree.copy(project.resolve("target/quarkus-app"), application);
        JavaRuntime runtime =
                JavaRuntime.link(Files.createDirectories(stage.resolve("opt")).resolve("java"));
        List<SystemLibrary> libraries = settings.onNothing() ? SystemLibraries.of(runtime.home()) : List.of();
        new Launch(application).write(settings.archived());
        writeBill(runtime, libraries, sbom);
        if (settings.onNothing()) {
            writeAccounts();
        }
        setTimes();
        if (settings.archived()) {
            new StartupArchive(runtime.java(), application, work, project.resolve("deploy/crds")).make();
        }
        return containerize(layers(libraries), tar);
    }

    private void writeBill(JavaRuntime runtime, List<SystemLibrary> libraries, Path sbom) throws IOException {
        BillOfMaterials bill = new BillOfMaterials(project.resolve("target/sbom.json"), stage.resolve("app"));
        bill.addJava(runtime);
        bill.addSystem(libraries);
        bill.describe(settings);
        bill.write(sbom);
        Path inside = stage.resolve(ImageLayers.SBOM.toString().substring(1));
        Files.createDirectories(inside.getParent());
        Files.copy(sbom, inside);
    }

    private void writeAccounts() throws IOException {
        Path etc = Files.createDirectories(stage.resolve("etc"));
        Files.writeString(etc.resolve("passwd"), PASSWD);
        Files.writeString(etc.resolve("group"), GROUP);
        Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files dns\n");
    }

    /** As in the image, before the archive is made: it holds for jars of that time. */
    private void setTimes() throws IOException {
        try (Stream<Path> files = Files.walk(stage)) {
            for (Path file : files.filter(f -> !Files.isSymbolicLink(f)).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(settings.created()));
            }
        }
    }

    private ImageLayers layers(List<SystemLibrary> libraries) throws IOException {
        ImageLayers layers = new ImageLayers(stage, settings.created());
        if (settings.onNothing()) {
            List<Path> own =
                    new ArrayList<>(libraries.stream().map(SystemLibrary::file).toList());
            libraries.stream()
                    .map(SystemLibrary::owner)
                    .filter(Objects::nonNull)
                    .map(SystemPackage::copyright)
                    .distinct()
                    .filter(Files::exists)
                    .forEach(own::add);
            layers.addTemporary();
            layers.addOwn("system", own);
            layers.add("accounts", "etc");
        }
        layers.add("java", "opt");
        layers.add("libraries", "app/lib");
        layers.add("application", "app/app", "app/quarkus", "app/quarkus-run.jar", "app/quarkus-app-dependencies.txt");
        layers.add("launch", "app/" + Launch.ARGUMENTS, "usr");
        if (settings.archived()) {
            layers.add("archive", "app/" + Launch.ARCHIVE);
        }
        return layers;
    }

    private String containerize(ImageLayers layers, Path tar) throws IOException, InterruptedException {
        try {
            JibContainerBuilder image = settings.onNothing() ? Jib.fromScratch() : Jib.from(settings.base());
            JibContainer made = image.setPlatforms(Set.of(platform()))
                    .setCreationTime(settings.created())
                    .setFileEntriesLayers(layers.list())
                    .setWorkingDirectory(ImageLayers.APPLICATION)
                    .setEntrypoint(ImageLayers.JAVA.resolve("bin/java").toString(), "@" + Launch.ARGUMENTS)
                    .setEnvironment(
                            Map.of("PATH", ImageLayers.JAVA.resolve("bin").toString(), "LANG", "C.UTF-8"))
                    .setUser(USER_ID + ":" + USER_ID)
                    .addExposedPort(Port.tcp(8080))
                    .setLabels(settings.labels())
                    .containerize(Containerizer.to(TarImage.at(tar).named(settings.name()))
                            .setBaseImageLayersCache(work.resolve("cache"))
                            .setApplicationLayersCache(work.resolve("cache"))
                            .setToolName("artifacts-operator"));
            return made.getImageId().toString();
        } catch (InvalidImageReferenceException
                | RegistryException
                | CacheDirectoryCreationException
                | ExecutionException e) {
            throw new IOException("the image " + settings.name() + " was not made: " + e.getMessage(), e);
        }
    }

    private static Platform platform() {
        String here = System.getProperty("os.arch");
        String architecture = ARCHITECTURES.get(here);
        if (architecture == null || !"Linux".equals(System.getProperty("os.name"))) {
            throw new IllegalStateException(
                    "the image has the Java of the machine it is made on: Linux on amd64 or arm64, not "
                            + System.getProperty("os.name") + " on " + here);
        }
        return new Platform(architecture, "linux");
    }
}
