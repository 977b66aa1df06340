package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real kubectl, run as a process. */
public final class Kubectl {
    private static final long SECONDS_AT_MOST = 120;

    private final Path program;
    private final Kubeconfig kubeconfig;

    Kubectl(Path program, Kubeconfig kubeconfig) {
        this.program = program;
        this.kubeconfig = kubeconfig;
    }

    /**
     * What a run came to.
     *
     * @param exitCode 0 on success
     * @param output standard output
     * @param errors standard error
     */
    public record Result(int exitCode, String output, String errors) {
        /**
         * @return standard output of a successful run
         * @throws AssertionError with both outputs if the exit code is not 0
         */
        public String orFail() {
            if (exitCode != 0) {
                throw new AssertionError("kubectl ended with exit code " + exitCode + ":\n" + output + errors);
            }
            return output;
        }
    }

    /**
     * @param arguments such as {@code get}, {@code pods}
     * @return exit code and output, whatever they are
     * @throws IllegalStateException if it runs longer than two minutes
     */
    public Result run(String... arguments) {
        return runWithInput("", arguments);
    }

    /**
     * @param input standard input, for {@code apply -f -}
     * @param arguments such as {@code apply}, {@code -f}, {@code -}
     * @return exit code and output, whatever they are
     * @throws IllegalStateException if it runs longer than two minutes
     */
    public Result runWithInput(String input, String... arguments) {
        try {
            return execute(input, List.of(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException("kubectl cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
    }

    private Result execute(String input, List<String> arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("kubectl", ".out");
        Path errors = Files.createTempFile("kubectl", ".err");
        try {
            Process process = start(arguments, output, errors);
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended without reading its input: its exit code and errors say why.
            }
            if (!process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException("kubectl " + arguments + " still ran after " + SECONDS_AT_MOST + " s:\n"
                        + Files.readString(output) + Files.readString(errors));
            }
            return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private Process start(List<String> arguments, Path output, Path errors) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.file().toString());
        // Beside the kubeconfig, so that nothing of a test run stays in the home directory.
        builder.environment()
                .put(
                        "KUBECACHEDIR",
                        kubeconfig.file().resolveSibling("kubectl-cache").toString());
        return builder.start();
    }
}
