package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A sandbox in a process of its own, as {@code ./mvnw -Psandbox} runs it, and what it says. */
final class SandboxRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path log;

    private SandboxRun(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Its output is a file: no terminal. */
    static SandboxRun start(Path directory, String... options) throws IOException {
        return startLoggingTo(Files.createTempFile(directory.getParent(), "sandbox", ".log"), directory, options);
    }

    /** The same, with its output in a file of the caller's choice. */
    static SandboxRun startLoggingTo(Path log, Path directory, String... options) throws IOException {
        return start(command(directory, options), log);
    }

    /**
     * On a terminal of 100 columns, which script(1) of Linux makes; what is typed there arrives as on any other, though this
     * process may have been started with SIGINT ignored, as all are that a script starts with an ampersand.
     */
    static SandboxRun onTerminal(Path directory, String... options) throws IOException {
        String command = "stty cols 100 rows 40; exec env --default-signal=INT '"
                + String.join("' '", command(directory, options)) + "'";
        return start(
                List.of("/usr/bin/script", "-qefc", command, "/dev/null"),
                Files.createTempFile(directory.getParent(), "terminal", ".log"));
    }

    private static SandboxRun start(List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ProjectRoot.find().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("NO_COLOR");
        return new SandboxRun(builder.start(), log);
    }

    private static List<String> command(Path directory, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-Dsandbox.directory=" + directory,
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxMain.class.getName()));
        return command;
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has said something, and fails at once if it ends without. */
    Matcher awaitSaid(String pattern) {
        Matcher[] found = new Matcher[1];
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            boolean alive = process.isAlive();
            found[0] = Pattern.compile(pattern).matcher(output());
            boolean said = found[0].find();
            assertThat(said || alive)
                    .as("it says %s, not only %s", pattern, output())
                    .isTrue();
            return said;
        });
        return found[0];
    }

    /** The processes that it has started, with theirs. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** The process that runs a program with such a name, once there is one. */
    ProcessHandle awaitChild(String program) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> process.descendants()
                                .filter(child -> child.info()
                                        .command()
                                        .filter(command -> Path.of(command)
                                                .getFileName()
                                                .toString()
                                                .startsWith(program))
                                        .isPresent())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** On a terminal: Ctrl-C, which the terminal makes a signal to whatever runs in its foreground. */
    void ctrlC() throws IOException {
        process.getOutputStream().write('C' - '@');
        process.getOutputStream().flush();
    }

    void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Not below nohup(1): who begins with a signal ignored goes on ignoring it, and so do the processes that it starts. */
    static boolean isHangUpHeeded() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return true;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .noneMatch(ignored -> (ignored & 1) == 1);
        }
    }

    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        return process.exitValue();
    }

    static void assertEnd(List<ProcessHandle> children) {
        assertThat(children).isNotEmpty();
        // A watchdog ends a moment after what it watched.
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    /** Nothing but the lock and the operator's log, which may be of interest. */
    static void assertNothingLeft(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf("lock", "operator.log");
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
