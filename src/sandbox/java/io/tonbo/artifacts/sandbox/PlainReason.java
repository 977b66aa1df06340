package io.tonbo.artifacts.sandbox;

import io.tonbo.artifacts.sandbox.kube.FullDisk;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says in a person's words why something failed, and what to do about it where that is known. Only what the system said of a
 * file is put in other words: the log of a program that failed may hold any words.
 */
final class PlainReason {
    private static final List<String> FORBIDDEN =
            List.of("permission denied", "read-only file system", "operation not permitted");

    private PlainReason() {}

    /**
     * @param failure what was thrown
     * @return why, without the names of classes as far as its authors gave it words
     */
    static String of(Throwable failure) {
        Optional<String> known = known(failure);
        Throwable cause = failure.getCause();
        if (known.isPresent() || cause == null) {
            return known.orElseGet(() -> words(failure));
        }
        if (isHollow(failure)) {
            return of(cause);
        }
        return failure instanceof UncheckedIOException || known(cause).isPresent()
                ? failure.getMessage() + ": " + of(cause)
                : failure.getMessage();
    }

    private static Optional<String> known(Throwable failure) {
        if (FullDisk.isCauseOf(failure)) {
            return Optional.of("the disk is full" + at(failure) + ": free some space");
        }
        if (!(failure instanceof FileSystemException e)) {
            return Optional.empty();
        }
        String reason = String.valueOf(e.getReason()).toLowerCase(Locale.ROOT);
        if (e instanceof AccessDeniedException || FORBIDDEN.contains(reason)) {
            return Optional.of("nothing may be written" + at(e) + ": change its permissions");
        }
        if (e instanceof FileAlreadyExistsException || reason.equals("not a directory")) {
            return Optional.of("a file is in the way" + at(e) + ": a directory is needed");
        }
        return e instanceof NoSuchFileException && e.getFile() != null
                ? Optional.of(e.getFile() + " is not there")
                : Optional.empty();
    }

    private static String at(Throwable failure) {
        String file = failure instanceof FileSystemException e ? e.getFile() : null;
        return file == null ? "" : " at " + file;
    }

    private static boolean isHollow(Throwable failure) {
        return failure.getMessage() == null
                || (failure.getCause() != null
                        && failure.getMessage().equals(failure.getCause().toString()));
    }

    private static String words(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
