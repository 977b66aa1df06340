package io.tonbo.artifacts.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** One sandbox's files; nobody else uses the directory while it is open. */
final class SandboxDirectory implements AutoCloseable {
    private final Path directory;
    private final FileChannel lock;

    private SandboxDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * @param directory made if it is not there
     * @return the directory, for us alone
     * @throws IllegalStateException if another sandbox uses it; says what to do
     * @throws IOException if it cannot be made
     */
    static SandboxDirectory open(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IllegalStateException("another sandbox runs in " + directory
                    + ": use that one, end it with Ctrl-C first, or start this one in another clone");
        }
        return new SandboxDirectory(directory, channel);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /**
     * A build replaces the application; what runs from it is better off with a copy.
     *
     * @param application the packaged application
     * @return its copy
     */
    Path copyOf(Path application) throws IOException {
        Path copy = directory.resolve("operator");
        Files.walkFileTree(application, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(copy.resolve(application.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(from, copy.resolve(application.relativize(from)), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
        return copy;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
