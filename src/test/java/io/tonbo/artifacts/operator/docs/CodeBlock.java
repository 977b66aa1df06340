package io.tonbo.artifacts.operator.docs;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A fenced code block of a page, or an HTML comment of the same form: what a test has to do before the page's text is true,
 * and the reader need not.
 *
 * @param page the page, relative to the project's directory
 * @param line the line of its first fence, from 1
 * @param info its info string, such as {@code sh run}
 * @param content its text, ending in a line break
 * @param comment the HTML comment right above it, without the delimiters; empty if there is none
 */
record CodeBlock(Path page, int line, String info, String content, String comment) {
    private String[] words() {
        return info.strip().split("\\s+", -1);
    }

    /**
     * @return the first word of the info string; may be empty
     */
    String language() {
        return words()[0];
    }

    /**
     * @return the mark; empty if the info string is not a language and a mark
     */
    Optional<Mark> mark() {
        return words().length == 2 ? Mark.of(words()[1]) : Optional.empty();
    }

    /**
     * @return whether {@link DocsIT} does something with it
     */
    boolean isDone() {
        return mark().filter(mark -> mark == Mark.RUN || mark == Mark.APPLY || mark == Mark.DRY_RUN)
                .isPresent();
    }

    /** Page and line, as compilers name a place. */
    String place() {
        return page + ":" + line;
    }

    @Override
    public String toString() {
        return place() + " (" + info + ")";
    }
}
