package io.tonbo.artifacts.sandbox;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What can be asked of the sandbox.
 *
 * @param project the project's root
 * @param directory where the kubeconfig and the operator's log are put
 * @param manifest what to bring to Ready: a file, or a directory of them
 * @param s3Port preferred port of the S3 server
 * @param once whether to end when all is Ready, or will not be
 */
record SandboxSettings(Path project, Path directory, Path manifest, int s3Port, boolean once) {
    /** The port that the examples name. */
    static final int EXAMPLES_S3_PORT = 9000;

    /**
     * @param properties {@code sandbox.once}, {@code sandbox.directory}, {@code sandbox.manifest} (a file or a directory);
     *     all may be absent
     * @return the settings
     */
    static SandboxSettings from(Properties properties) {
        Path project = ProjectRoot.find();
        String once = properties.getProperty("sandbox.once");
        return new SandboxSettings(
                project,
                project.resolve(properties.getProperty("sandbox.directory", "target/sandbox")),
                project.resolve(properties.getProperty("sandbox.manifest", "examples/quickstart")),
                EXAMPLES_S3_PORT,
                once != null && !once.equals("false"));
    }

    /**
     * @param path one below the project's root
     * @return the short way to say it
     */
    String brief(Path path) {
        return path.startsWith(project) ? project.relativize(path).toString() : path.toString();
    }
}
