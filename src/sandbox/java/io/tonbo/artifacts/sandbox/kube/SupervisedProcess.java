package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One server process that never outlives this JVM, not even one that is killed: a watchdog reads from a pipe that only
 * this JVM holds, and ends the process when the pipe breaks. Standard output and error go to a log file. Where there is
 * setsid(1), as on any Linux, Ctrl-C in a terminal is this JVM's alone, which then ends its processes in an order of its own.
 */
public final class SupervisedProcess implements AutoCloseable {
    /** The shell becomes the server itself ({@code exec}), so the pid is the server's. */
    private static final String WATCHED =
            "exec 3<&0; (read -r _ <&3; kill -9 $$ 2>/dev/null) & exec \"$@\" 3<&- </dev/null";

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final String name;
    private final Process process;
    private final Path log;

    private SupervisedProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * @param name what to call it in messages
     * @param command the program, its arguments and surroundings
     * @param log the file that takes its output, overwritten
     * @return the running process
     * @throws UncheckedIOException if the program cannot be started
     */
    public static SupervisedProcess start(String name, ProcessBuilder command, Path log) {
        List<String> supervised = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // It becomes the shell: the pid stays.
            supervised.add(SETSID.toString());
        }
        supervised.addAll(List.of("/bin/sh", "-c", WATCHED, name));
        supervised.addAll(command.command());
        try {
            Process process = command.command(supervised)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new SupervisedProcess(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " did not start", e);
        }
    }

    /**
     * @return whether it runs
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * @return exit code of a process that has ended
     */
    public int exitValue() {
        return process.exitValue();
    }

    /**
     * @return its process id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * @return done with it once it has ended, however that came
     */
    public CompletableFuture<SupervisedProcess> onExit() {
        return process.onExit().thenApply(ended -> this);
    }

    /**
     * @return what went wrong, with the last lines of its log: for an exception's message
     */
    public String obituary() {
        String state = process.isAlive() ? "is still running" : "ended with exit code " + process.exitValue();
        return name + " " + state + "; the end of its log:\n" + lastLines(15);
    }

    private String lastLines(int count) {
        try {
            List<String> lines =
                    Files.readString(log, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /**
     * Asks it to end (SIGTERM) and waits.
     *
     * @param patience how long to wait before it is killed
     * @return whether it ended by itself in that time
     * @throws InterruptedException if interrupted meanwhile; the process may still run
     */
    public boolean end(Duration patience) throws InterruptedException {
        // Not Process.destroy(), which also breaks the pipe, whereupon the watchdog kills.
        process.toHandle().destroy();
        if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return true;
        }
        close();
        return false;
    }

    /**
     * Kills it, with what it has started itself: there is nothing in these servers worth a graceful end, which takes an API
     * server many seconds.
     */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        // Waited for by one who is interrupted, too: it takes but a moment, and what it writes is deleted next.
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " (pid " + process.pid() + ") did not die within 10 s");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
