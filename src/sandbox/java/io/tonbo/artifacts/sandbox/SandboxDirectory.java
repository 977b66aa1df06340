package io.tonbo.artifacts.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * One sandbox's files; nobody else uses the directory while it is open. All that must not outlive the sandbox is in one place,
 * and whatever a sandbox that was killed left there is gone when the next one opens the directory.
 */
final class SandboxDirectory implements AutoCloseable {
    private static final long MEGABYTE = 1_000_000;
    private static final long NEEDED = 300 * MEGABYTE;

    private static final String ELSEWHERE = " or give the sandbox another place with -Dsandbox.directory=...";

    private final Path directory;
    private final FileChannel lock;
    private final boolean swept;

    private SandboxDirectory(Path directory, FileChannel lock) throws IOException {
        this.directory = directory;
        this.lock = lock;
        this.swept = sweep();
        // Tokens of the administrator and keys are in there.
        Files.createDirectory(
                parts(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Says how much room there is. */
    @FunctionalInterface
    interface Gauge {
        /**
         * @param directory which is there
         * @return bytes that we may still write in it
         */
        long usableBytes(Path directory) throws IOException;
    }

    /**
     * @param directory made if it is not there
     * @return the directory, for us alone
     * @throws IllegalStateException if another sandbox uses it, if there is too little room, or if it cannot be written; says
     *     what to do
     */
    static SandboxDirectory open(Path directory) {
        return open(directory, place -> Files.getFileStore(place).getUsableSpace());
    }

    /** The same by another gauge. */
    static SandboxDirectory open(Path directory, Gauge gauge) {
        try {
            Files.createDirectories(directory);
            long free = gauge.usableBytes(directory);
            if (free < NEEDED) {
                throw new IllegalStateException(
                        "the disk is full: %d MB are free at %s, and the sandbox needs %d MB; free some space,"
                                        .formatted(free / MEGABYTE, directory, NEEDED / MEGABYTE)
                                + ELSEWHERE);
            }
            return locked(directory);
        } catch (IOException e) {
            throw new IllegalStateException(PlainReason.of(e) + "," + ELSEWHERE, e);
        }
    }

    private static SandboxDirectory locked(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new IllegalStateException("another sandbox runs in " + directory
                        + ": use that one, end it with Ctrl-C first," + ELSEWHERE);
            }
            return new SandboxDirectory(directory, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /**
     * @return whether a sandbox that did not end by itself had left something
     */
    boolean swept() {
        return swept;
    }

    /**
     * @return an empty directory for the parts' files, deleted at the end
     */
    Path parts() {
        return directory.resolve("parts");
    }

    /**
     * @return where the kubeconfig is, for a person; deleted at the end
     */
    Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    /**
     * Writes the kubeconfig, for nobody else to read.
     *
     * @param yaml its content
     */
    void writeKubeconfig(String yaml) throws IOException {
        Files.deleteIfExists(kubeconfig());
        Files.createFile(
                kubeconfig(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(kubeconfig(), yaml);
    }

    /**
     * A build replaces the application; what runs from it is better off with a copy.
     *
     * @param application the packaged application
     * @return its copy
     * @throws IllegalStateException if there is none; says what to do
     */
    Path copyOf(Path application) throws IOException {
        if (!Files.isDirectory(application)) {
            throw new IllegalStateException(application + " is not there: make it with ./mvnw package -DskipTests");
        }
        Path copy = parts().resolve("operator");
        deleteAll(copy);
        Files.walkFileTree(application, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(copy.resolve(application.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(from, copy.resolve(application.relativize(from)));
                return FileVisitResult.CONTINUE;
            }
        });
        return copy;
    }

    private boolean sweep() throws IOException {
        boolean left = Files.deleteIfExists(kubeconfig());
        return deleteAll(parts()) || left;
    }

    private static boolean deleteAll(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return false;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // Gone meanwhile.
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
        return true;
    }

    /** Deletes what must not stay, and lets others in. */
    @Override
    public void close() throws IOException {
        try (lock) {
            sweep();
        }
    }
}
