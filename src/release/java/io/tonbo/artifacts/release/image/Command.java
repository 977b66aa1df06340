package io.tonbo.artifacts.release.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A short-lived program of this machine. */
final class Command {
    private Command() {}

    /**
     * @param exitCode 0 if all went well
     * @param output what it put out, errors too
     */
    record Result(int exitCode, String output) {}

    /**
     * @param command the program and its arguments
     * @return its end
     * @throws IOException if it does not start
     */
    static Result run(List<String> command) throws IOException {
        return run(command, Path.of("."), Map.of());
    }

    /**
     * @param command the program and its arguments
     * @param directory its working directory
     * @param environment variables beside this process's own
     * @return its end
     * @throws IOException if it does not start
     */
    static Result run(List<String> command, Path directory, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
