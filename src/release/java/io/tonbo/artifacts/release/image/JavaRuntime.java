package io.tonbo.artifacts.release.image;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The Java of the image: the modules of this machine's JDK that the operator needs, and no others. */
public final class JavaRuntime {
    /** What the operator and its libraries use, by name or as a service; ImageIT finds out what is missing. */
    public static final List<String> MODULES = List.of(
            "java.base",
            "java.compiler",
            "java.instrument",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.rmi",
            "java.security.jgss",
            "java.security.sasl",
            "java.sql",
            "java.transaction.xa",
            "java.xml",
            "jdk.crypto.ec",
            "jdk.jfr",
            "jdk.management",
            "jdk.naming.dns",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    private final Path home;

    private JavaRuntime(Path home) {
        this.home = home;
    }

    /**
     * @param home a directory that is not there yet
     * @return the runtime in it
     * @throws IOException if it cannot be written
     * @throws IllegalStateException if this Java cannot be linked: it may be a runtime, or lack the modules
     */
    public static JavaRuntime link(Path home) throws IOException {
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        if (!Files.isExecutable(jlink)) {
            throw new IllegalStateException(jlink + " is not there: build the image with a whole JDK");
        }
        // In a process of its own: the second link of a JVM differs from the first.
        Command.Result linked = Command.run(List.of(
                jlink.toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress=2",
                "--output",
                home.toString()));
        if (linked.exitCode() != 0) {
            throw new IllegalStateException("jlink failed: " + linked.output());
        }
        return new JavaRuntime(home);
    }

    /**
     * @return its directory
     */
    public Path home() {
        return home;
    }

    /**
     * @return the launcher
     */
    public Path java() {
        return home.resolve("bin/java");
    }

    /**
     * @return such as {@code 17.0.15}
     * @throws IOException if it does not say
     */
    public String version() throws IOException {
        Properties release = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        }
        return release.getProperty("JAVA_VERSION").replace("\"", "");
    }

    /**
     * @return whether it is a build of OpenJDK, by its licence
     */
    public boolean isOpen() {
        return System.getProperty("java.runtime.name").startsWith("OpenJDK");
    }

    /**
     * @return its package URL: of the system's package that it is linked from, else of its vendor's build
     * @throws IOException if the system cannot be asked
     */
    public String purl() throws IOException {
        Optional<SystemPackage> owner =
                SystemPackage.owning(Path.of(System.getProperty("java.home"), "lib/server/libjvm.so"));
        return owner.isPresent()
                ? owner.get().purl()
                : "pkg:generic/" + (isOpen() ? "openjdk" : "java") + "@" + version() + "?vendor="
                        + URLEncoder.encode(vendor(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * @return who built it
     */
    public String vendor() {
        return System.getProperty("java.vendor");
    }
}
