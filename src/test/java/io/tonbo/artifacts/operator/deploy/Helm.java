package io.tonbo.artifacts.operator.deploy;

import io.tonbo.artifacts.operator.testing.GoTool;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The Helm that people type. Not the engine as a library in this JVM: what is to be known is what the program says and does,
 * and the documentation's commands run with the same one.
 */
final class Helm {
    private static final long SECONDS_AT_MOST = 180;

    private final Kubeconfig user;

    private Helm(Kubeconfig user) {
        this.user = user;
    }

    /**
     * @return a Helm that only renders
     */
    static Helm offline() {
        return new Helm(null);
    }

    /**
     * @param user whom it acts for
     * @return a Helm that installs
     */
    static Helm as(Kubeconfig user) {
        return new Helm(user);
    }

    /**
     * What a run came to.
     *
     * @param exitCode 0 on success
     * @param output standard output
     * @param errors standard error
     */
    record Result(int exitCode, String output, String errors) {
        /**
         * @return standard output of a successful run
         * @throws AssertionError with both outputs if the exit code is not 0
         */
        String orFail() {
            if (exitCode != 0) {
                throw new AssertionError("helm ended with exit code " + exitCode + ":\n" + output + errors);
            }
            return output;
        }
    }

    /**
     * @param arguments such as {@code lint}
     * @return exit code and output, whatever they are
     */
    Result run(List<String> arguments) {
        try {
            Path directory = Files.createTempDirectory("helm-");
            try {
                return run(arguments, directory);
            } finally {
                for (String file : List.of("out", "err")) {
                    Files.deleteIfExists(directory.resolve(file));
                }
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("helm cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while helm ran", e);
        }
    }

    private Result run(List<String> arguments, Path directory) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(GoTool.HELM.path().toString()));
        command.addAll(arguments);
        Path output = directory.resolve("out");
        Path errors = directory.resolve("err");
        ProcessBuilder helm = new ProcessBuilder(command)
                .directory(ProjectRoot.find().toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        Path home = ProjectRoot.find().resolve("target/helm");
        for (String variable : List.of("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")) {
            helm.environment().put(variable, home.resolve(variable).toString());
        }
        helm.environment()
                .put("KUBECONFIG", user == null ? "/dev/null" : user.file().toString());
        Process process = helm.start();
        if (!process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException(
                    "helm " + arguments + " still ran after " + SECONDS_AT_MOST + " s:\n" + Files.readString(errors));
        }
        return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
    }
}
