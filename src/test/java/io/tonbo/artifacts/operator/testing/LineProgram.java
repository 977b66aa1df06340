package io.tonbo.artifacts.operator.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running program that answers each line with a line. */
public final class LineProgram implements AutoCloseable {
    private static final long LONGEST_SECONDS = 60;

    private final Path program;
    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    private LineProgram(Path program) throws IOException {
        this.program = program;
        process = new ProcessBuilder(program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * @param program an executable that needs no arguments
     * @return it, started
     * @throws UncheckedIOException if it cannot be started
     */
    public static LineProgram start(Path program) {
        try {
            return new LineProgram(program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param line without a line break
     * @return its answer
     * @throws IllegalStateException if it ended instead; why is on standard error. One that says nothing for a minute is ended
     */
    public synchronized String ask(String line) {
        try {
            questions.write(line);
            questions.write('\n');
            questions.flush();
            String answer = answer();
            if (answer == null) {
                throw new IllegalStateException(program + " ended with exit code "
                        + process.onExit().join().exitValue());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(program + " does not listen", e);
        }
    }

    private String answer() throws IOException {
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS));
        try {
            return answers.readLine();
        } finally {
            end.cancel(false);
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        process.destroy();
    }
}
