package io.tonbo.artifacts.sandbox.juicefs;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real JuiceFS client that stays: it keeps its volume open, with what it was started with, until it is closed. */
public final class JuiceFsMount implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 120;

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    JuiceFsMount(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        String greeting = line();
        if (!JuiceFsClientMain.OPEN.equals(greeting)) {
            process.destroyForcibly();
            throw new IllegalStateException("the JuiceFS client did not open its volume: " + greeting);
        }
    }

    /**
     * What came of one request.
     *
     * @param ok whether it went well
     * @param text the file's content; or what went wrong
     */
    public record Answer(boolean ok, String text) {}

    /**
     * @param path absolute path in the volume, without spaces
     * @param text its content, one line
     * @return what came of it
     */
    public Answer write(String path, String text) {
        return ask("write " + path + " " + text);
    }

    /**
     * @param path absolute path in the volume, without spaces
     * @return what came of it
     */
    public Answer read(String path) {
        return ask("read " + path);
    }

    private Answer ask(String request) {
        try {
            requests.write(request);
            requests.newLine();
            requests.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the JuiceFS client is gone", e);
        }
        String answer = line();
        if (answer == null) {
            throw new IllegalStateException("the JuiceFS client ended or does not answer");
        }
        boolean ok = answer.startsWith(JuiceFsClientMain.OK);
        return new Answer(ok, answer.substring(answer.indexOf(' ') + 1));
    }

    private String line() {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                return answers.readLine();
            } catch (IOException e) {
                throw new UncheckedIOException("the JuiceFS client is gone", e);
            }
        });
        // An end of the process ends its output, and with that the reading.
        return line.completeOnTimeout(null, DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
