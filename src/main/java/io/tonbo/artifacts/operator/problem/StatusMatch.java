package io.tonbo.artifacts.operator.problem;

import java.util.List;

/**
 * How an answer finds a row by its HTTP status, where its code does not say.
 *
 * @param always statuses that mean this row whatever the code says
 * @param whenCodeUnknown statuses that mean this row if there is no code, or none that a row has
 * @param beforeOwnCodes whether the {@code whenCodeUnknown} statuses of other rows go before this row's codes: the code then
 *     only says what the answer looked like, not what it meant
 * @param otherwise whether this is the row for whatever no other row takes
 */
public record StatusMatch(
        List<StatusRange> always, List<StatusRange> whenCodeUnknown, boolean beforeOwnCodes, boolean otherwise) {
    static final StatusMatch NONE = new StatusMatch(List.of(), List.of(), false, false);

    /** Absent lists are empty. */
    public StatusMatch {
        always = always == null ? List.of() : List.copyOf(always);
        whenCodeUnknown = whenCodeUnknown == null ? List.of() : List.copyOf(whenCodeUnknown);
    }
}
