package io.tonbo.artifacts.sandbox;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in a person's words why something failed, and what to do about it where that is known. */
final class PlainReason {
    private static final List<String> FULL = List.of("no space left on device", "disk quota exceeded");
    private static final List<String> FORBIDDEN =
            List.of("permission denied", "read-only file system", "operation not permitted");

    private PlainReason() {}

    /**
     * @param failure what was thrown
     * @return why, without the names of classes as far as its authors gave it words
     */
    static String of(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable at = failure; at != null && !causes.contains(at); at = at.getCause()) {
            causes.add(at);
        }
        return causes.stream()
                .map(PlainReason::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> words(failure));
    }

    private static Optional<String> known(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (FULL.stream().anyMatch(message::contains)) {
            return Optional.of("the disk is full" + at(cause)
                    + ": free some space there, or give the sandbox another place with -Dsandbox.directory=...");
        }
        if (cause instanceof AccessDeniedException || FORBIDDEN.stream().anyMatch(message::contains)) {
            return Optional.of("nothing may be written" + at(cause)
                    + ": change its permissions, or give the sandbox another place with -Dsandbox.directory=...");
        }
        if (cause instanceof FileAlreadyExistsException || message.contains("not a directory")) {
            return Optional.of("a file is in the way" + at(cause) + ": a directory is needed");
        }
        return Optional.empty();
    }

    private static String at(Throwable cause) {
        String file = cause instanceof FileSystemException e ? e.getFile() : null;
        return file == null ? "" : " at " + file;
    }

    private static String words(Throwable failure) {
        boolean hollow = failure.getMessage() == null
                || (failure.getCause() != null
                        && failure.getMessage().equals(failure.getCause().toString()));
        if (hollow) {
            return failure.getCause() == null ? failure.getClass().getSimpleName() : words(failure.getCause());
        }
        return failure instanceof UncheckedIOException && failure.getCause() != null
                ? failure.getMessage() + ": " + failure.getCause().getMessage()
                : failure.getMessage();
    }
}
