package io.tonbo.artifacts.release.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program of this machine that ends by itself, within ten minutes. */
public final class Command {
    private static final long LONGEST_MINUTES = 10;

    /** Variables whose options every Java machine takes: what is made on a machine is not to depend on its settings. */
    static final Set<String> JAVA_OPTIONS = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private Command() {}

    /**
     * @param exitCode 0 if all went well
     * @param output what it put out, errors too
     */
    public record Result(int exitCode, String output) {}

    /**
     * @param command the program and its arguments
     * @return its end
     * @throws IOException if it does not start, or does not end
     */
    public static Result run(List<String> command) throws IOException {
        return run(command, Path.of("."), Map.of());
    }

    /**
     * @param command the program and its arguments
     * @param directory its working directory
     * @param environment variables beside this process's own, of which those with options for Java are left out
     * @return its end
     * @throws IOException if it does not start, or does not end
     */
    public static Result run(List<String> command, Path directory, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(JAVA_OPTIONS);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process = builder.start();
        // Its output ends with it: reading waits for both.
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> kill(process), CompletableFuture.delayedExecutor(LONGEST_MINUTES, TimeUnit.MINUTES));
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (!end.cancel(false)) {
                throw new IOException(command.get(0) + " took longer than " + LONGEST_MINUTES + " min: " + output);
            }
            return new Result(exitCode, output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + " was interrupted", e);
        } finally {
            end.cancel(false);
            kill(process);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
