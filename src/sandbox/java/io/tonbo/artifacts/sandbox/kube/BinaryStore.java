package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The directory that the programs are kept in. A program appears there whole or not at all, and only once it ran.
 */
final class BinaryStore {
    private static final String UNFINISHED = ".unfinished";

    private final Path directory;

    BinaryStore(Path directory) {
        this.directory = directory;
    }

    Path path(KubeBinary binary) {
        return directory.resolve(binary.fileName());
    }

    boolean contains(KubeBinary binary) {
        return Files.exists(path(binary));
    }

    /**
     * Runs the program and has it tell its version.
     *
     * @param binary which program
     * @return why it is of no use; empty if it is fine
     */
    Optional<String> defect(KubeBinary binary) throws IOException, InterruptedException {
        return contains(binary) ? defect(binary, path(binary)) : Optional.of("it is not there");
    }

    private static Optional<String> defect(KubeBinary binary, Path program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(binary.versionArguments());
        Path output = Files.createTempFile("version", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
                return Optional.of("it does not tell its version within a minute");
            }
            if (process.exitValue() != 0) {
                return Optional.of("it ends with exit code " + process.exitValue());
            }
            return Files.readString(output).contains(binary.versionMark())
                    ? Optional.empty()
                    : Optional.of("it does not call itself " + binary.versionMark());
        } catch (IOException e) {
            return Optional.of("it does not run: " + e.getMessage());
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /**
     * @return a path to write a program to before {@link #install}; what an interrupted run left there is gone
     */
    Path unfinished(KubeBinary binary) throws IOException {
        Path path = directory.resolve(binary.fileName() + UNFINISHED);
        Files.deleteIfExists(path);
        return path;
    }

    void discard(Path unfinished) throws IOException {
        Files.deleteIfExists(unfinished);
    }

    /**
     * Takes a program in, atomically, if it runs.
     *
     * @param binary which program
     * @param program the file, in {@link #unfinished}; executable afterwards
     * @return why it was not taken in; empty if it was
     */
    Optional<String> install(KubeBinary binary, Path program) throws IOException, InterruptedException {
        if (!program.toFile().setExecutable(true)) {
            return Optional.of("it cannot be made executable");
        }
        Optional<String> defect = defect(binary, program);
        if (defect.isEmpty()) {
            Files.move(program, path(binary), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return defect;
    }

    /**
     * Does something while every other process that does so waits. The lock is the system's: it ends with the process that
     * holds it.
     *
     * @param progress told about while somebody else holds the lock
     * @param patience how long to wait for it
     * @param work what to do
     * @throws BinariesUnavailableException if that took too long
     */
    void exclusively(Progress progress, Patience patience, Work work) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path file = directory.resolve(".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                progress.begin("waiting for another process that fills " + directory);
            }
            while (lock == null) {
                Thread.sleep(200);
                progress.tick();
                if (patience.isOver()) {
                    throw new BinariesUnavailableException(
                            "another process fills " + directory + " and is not done yet");
                }
                lock = channel.tryLock();
            }
            sweep();
            work.run();
        }
    }

    /** Something that changes the directory. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void sweep() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, "*" + UNFINISHED + "*")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }
}
