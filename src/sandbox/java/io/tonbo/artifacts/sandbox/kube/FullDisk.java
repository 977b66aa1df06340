package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;

/** Tells a disk without room, or a quota that is used up, from other failures: Java has no exception of its own for it. */
public final class FullDisk {
    private static final List<String> WORDS = List.of("no space left on device", "disk quota exceeded");

    private FullDisk() {}

    /**
     * @param failure what was thrown, or null
     * @return whether it says so itself; what others quote in their messages does not count
     */
    public static boolean isCauseOf(Throwable failure) {
        if (failure == null || (failure.getClass() != IOException.class && !(failure instanceof FileSystemException))) {
            return false;
        }
        String words = failure instanceof FileSystemException e ? e.getReason() : failure.getMessage();
        return WORDS.contains(String.valueOf(words).toLowerCase(Locale.ROOT));
    }
}
