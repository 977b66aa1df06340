package io.tonbo.artifacts.operator.problem;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP statuses, both ends included. Zero stands for "no answer".
 *
 * @param from smallest
 * @param to largest, not smaller than {@code from}
 */
public record StatusRange(int from, int to) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,3})(?:-(\\d{1,3}))?");

    /**
     * @throws IllegalArgumentException if the range is empty
     */
    public StatusRange {
        if (to < from) {
            throw new IllegalArgumentException("status range " + from + "-" + to + " is empty");
        }
    }

    /**
     * @param text one status or a range: {@code 429}, {@code 500-599}
     * @return the range
     * @throws IllegalArgumentException for anything else
     */
    @JsonCreator
    public static StatusRange parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no HTTP status and no range such as 500-599");
        }
        int from = Integer.parseInt(matcher.group(1));
        return new StatusRange(from, matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2)));
    }

    boolean contains(int status) {
        return from <= status && status <= to;
    }

    boolean overlaps(StatusRange other) {
        return from <= other.to && other.from <= to;
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return from == to ? Integer.toString(from) : from + "-" + to;
    }
}
