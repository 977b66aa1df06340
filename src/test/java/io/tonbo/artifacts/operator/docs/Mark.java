package io.tonbo.artifacts.operator.docs;

import java.util.Arrays;
import java.util.Optional;

/** The second word of a code block's info string: what a test does with the block. */
enum Mark {
    /** Shell, run by {@link DocsIT}. */
    RUN("run"),
    /** Shell that a test runs elsewhere; a comment above the block names that test. */
    COVERED("covered"),
    /** A manifest that {@link DocsIT} applies. */
    APPLY("apply"),
    /** A manifest that {@link DocsIT} applies with {@code --dry-run=server}: what it needs is in a cloud. */
    DRY_RUN("dry-run"),
    /** To be read only. Shell and whole manifests need a comment above them that says why they are not run. */
    SHOWN("shown");

    private final String word;

    Mark(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /**
     * @param word any text
     * @return the mark of that word
     */
    static Optional<Mark> of(String word) {
        return Arrays.stream(values()).filter(mark -> mark.word.equals(word)).findFirst();
    }
}
