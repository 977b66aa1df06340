package io.tonbo.artifacts.sandbox;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeSet;

/**
 * What can be asked of the sandbox.
 *
 * @param project the project's root
 * @param directory where the kubeconfig and the operator's log are put
 * @param manifest what to bring to Ready: a file, or a directory of them
 * @param s3Port preferred port of the S3 server
 * @param pagePort port of the live page if one was asked for; 0 is any that is free
 * @param kubernetes which Kubernetes API
 * @param once whether to end when all is Ready, or will not be
 */
record SandboxSettings(
        Path project,
        Path directory,
        Path manifest,
        int s3Port,
        OptionalInt pagePort,
        KubernetesChoice kubernetes,
        boolean once) {
    /** The port that the examples name. */
    static final int EXAMPLES_S3_PORT = 9000;

    private static final String PREFIX = "sandbox.";
    private static final String ONCE = PREFIX + "once";
    private static final String KUBERNETES = PREFIX + "kubernetes";
    private static final String DIRECTORY = PREFIX + "directory";
    private static final String MANIFEST = PREFIX + "manifest";
    private static final String PAGE_PORT = PREFIX + "page.port";
    private static final List<String> NAMES = List.of(ONCE, KUBERNETES, DIRECTORY, MANIFEST, PAGE_PORT);

    /**
     * @param properties {@code sandbox.once} (true, false or nothing, which is true), {@code sandbox.kubernetes} (auto, real or
     *     mock), {@code sandbox.directory}, {@code sandbox.manifest} (a file or a directory), {@code sandbox.page.port} (0 to
     *     65535); all may be absent
     * @return the settings
     * @throws UnusableSettingException if one of them, or of their names, is not like this
     */
    static SandboxSettings from(Properties properties) {
        refuseUnknown(properties);
        Path project = ProjectRoot.find();
        Path manifest = path(properties, MANIFEST, project, "examples/quickstart");
        if (!Files.exists(manifest)) {
            String asked = properties.getProperty(MANIFEST);
            throw new UnusableSettingException((asked == null ? manifest : "-D" + MANIFEST + "=" + asked)
                    + " is not there: name a file or a directory with -D" + MANIFEST
                    + "=..., such as examples/wrong-bucket.yaml");
        }
        return new SandboxSettings(
                project,
                path(properties, DIRECTORY, project, "target/sandbox"),
                manifest,
                EXAMPLES_S3_PORT,
                port(properties),
                choice(properties),
                once(properties));
    }

    private static void refuseUnknown(Properties properties) {
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (name.startsWith(PREFIX) && !NAMES.contains(name)) {
                throw new UnusableSettingException(
                        "-D" + name + " is not an option; the options are -D" + String.join(", -D", NAMES));
            }
        }
    }

    private static Path path(Properties properties, String name, Path project, String standard) {
        String value = properties.getProperty(name, standard);
        try {
            if (!value.isBlank()) {
                return project.resolve(value).normalize();
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        throw new UnusableSettingException("-D" + name + "=" + value + " is not a path");
    }

    private static OptionalInt port(Properties properties) {
        String value = properties.getProperty(PAGE_PORT);
        if (value == null) {
            return OptionalInt.empty();
        }
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return OptionalInt.of(port);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UnusableSettingException(
                "-D" + PAGE_PORT + "=" + value + " is not a port: a number from 1 to 65535, or 0 for any that is free");
    }

    private static KubernetesChoice choice(Properties properties) {
        String value = properties.getProperty(KUBERNETES, "auto");
        return Arrays.stream(KubernetesChoice.values())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new UnusableSettingException(
                        "-D" + KUBERNETES + "=" + value + " is not a choice: auto, real or mock"));
    }

    private static boolean once(Properties properties) {
        String value = properties.getProperty(ONCE, "false");
        return switch (value) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new UnusableSettingException("-D" + ONCE + "=" + value + " is neither true nor false");
        };
    }

    /**
     * @param path one below the project's root
     * @return the short way to say it
     */
    String brief(Path path) {
        return path.startsWith(project) ? project.relativize(path).toString() : path.toString();
    }
}
