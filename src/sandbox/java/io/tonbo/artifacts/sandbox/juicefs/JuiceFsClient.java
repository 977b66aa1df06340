package io.tonbo.artifacts.sandbox.juicefs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real JuiceFS client, release 1.0.2. It finds its volume by the number in the metadata URL's path, as the key prefix
 * {@code {number}} of a Redis cluster, and needs the right to SELECT for that.
 */
public final class JuiceFsClient {
    static final String METADATA_URL = "JUICEFS_METADATA_URL";
    static final String MOUNT_OPTIONS = "JUICEFS_MOUNT_OPTIONS";
    private static final long DEADLINE_SECONDS = 120;

    private final String volume;
    private final String metadataUrl;
    private final String mountOptions;
    private final Map<String, String> environment;

    /**
     * @param volume the volume's name
     * @param metadataUrl {@code redis://user:password@host:port/number}
     * @param environment the bucket's keys and region, as {@code AWS_ACCESS_KEY_ID} and so on
     */
    public JuiceFsClient(String volume, String metadataUrl, Map<String, String> environment) {
        this(volume, metadataUrl, "", environment);
    }

    /**
     * @param volume the volume's name
     * @param metadataUrl {@code redis://user:password@host:port/number}
     * @param mountOptions as for {@code juicefs mount -o}; only {@code ro} means something here
     * @param environment the bucket's keys and region, as {@code AWS_ACCESS_KEY_ID} and so on
     */
    public JuiceFsClient(String volume, String metadataUrl, String mountOptions, Map<String, String> environment) {
        this.volume = volume;
        this.metadataUrl = metadataUrl;
        this.mountOptions = mountOptions;
        this.environment = Map.copyOf(environment);
    }

    /**
     * What came of one run.
     *
     * @param exitCode 0 if it went well
     * @param output what it found
     * @param errors what it complained about
     */
    public record Result(int exitCode, String output, String errors) {}

    /**
     * Writes a file, and the directories above it.
     *
     * @param path absolute path in the volume
     * @param text its content
     * @return what came of it
     */
    public Result write(String path, String text) {
        return run("write", path, text);
    }

    /**
     * @param path absolute path in the volume
     * @return what came of it; the output is the file's content
     */
    public Result read(String path) {
        return run("read", path);
    }

    /**
     * @param path absolute path of a directory in the volume
     * @return what came of it; the output is a line for each entry
     */
    public Result list(String path) {
        return run("list", path);
    }

    /**
     * @return a client that has opened the volume and keeps it open
     * @throws IllegalStateException if it could not
     */
    public JuiceFsMount stay() {
        try {
            ProcessBuilder builder = process(List.of("stay")).redirectError(ProcessBuilder.Redirect.INHERIT);
            return new JuiceFsMount(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("the JuiceFS client did not start", e);
        }
    }

    private Result run(String... arguments) {
        try {
            return finished(process(List.of(arguments)));
        } catch (IOException e) {
            throw new UncheckedIOException("the JuiceFS client did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the JuiceFS client ran", e);
        }
    }

    private ProcessBuilder process(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                JuiceFsClientMain.class.getName(),
                volume));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("JFS_"));
        builder.environment().putAll(environment);
        builder.environment().put(METADATA_URL, metadataUrl);
        builder.environment().put(MOUNT_OPTIONS, mountOptions);
        return builder;
    }

    private static Result finished(ProcessBuilder builder) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("juicefs-client");
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        Process process = builder.directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the JuiceFS client did not end: " + Files.readString(errors));
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
            Files.deleteIfExists(directory);
        }
    }
}
