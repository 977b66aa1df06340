package io.tonbo.artifacts.operator.problem;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One row of the catalogue: how one kind of problem is recognised, shown and tried again. Times since the first failure
 * of this kind are real ones; who scales time for a test divides them before and multiplies the delay after.
 *
 * @param type which row this is
 * @param source where the problem comes from
 * @param codes the codes that mean this row, case matters; empty if the operator finds out by itself
 * @param httpStatuses the documented statuses of those codes; empty if none is documented
 * @param symptom the documented text by which the problem shows elsewhere; null if there is none
 * @param reason the reason of the condition and of {@code lastError}, and the heading on the reference page
 * @param severity the severity of the first failure
 * @param escalation when a warning becomes an error; null if it does not
 * @param standing which kstatus condition stands beside {@code Ready=False}
 * @param retry when to try again
 * @param unblockedBy what ends the wait at once
 * @param meaning what has happened, one or two plain sentences without placeholders
 * @param operatorDoes what the operator does about it
 * @param hint what a person holding kubectl can do, with the placeholders of {@link Fact}
 * @param sharedConnectionHint the hint for an object that uses the operator's shared connection; null if the hint serves both
 * @param grace how long {@link Standing#GRACE} lasts; null for every other standing
 * @param byStatus how an answer finds this row by its HTTP status
 */
public record ErrorRow(
        ProblemType type,
        Source source,
        List<String> codes,
        List<Integer> httpStatuses,
        String symptom,
        String reason,
        Severity severity,
        Escalation escalation,
        Standing standing,
        RetryPolicy retry,
        String unblockedBy,
        String meaning,
        String operatorDoes,
        String hint,
        String sharedConnectionHint,
        Duration grace,
        StatusMatch byStatus) {
    /** The page that explains every row, relative to the repository's root. */
    public static final String REFERENCE_PAGE = "docs/errors.md";

    private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z0-9]{1,62}");

    /**
     * @throws IllegalArgumentException if a part is missing, does not fit the others, or uses an unknown placeholder
     */
    public ErrorRow {
        codes = codes == null ? List.of() : List.copyOf(codes);
        httpStatuses = httpStatuses == null ? List.of() : List.copyOf(httpStatuses);
        byStatus = byStatus == null ? StatusMatch.NONE : byStatus;
        require(type != null, "type is missing");
        require(
                source != null && severity != null && standing != null && retry != null,
                "source, severity, standing or retry is missing");
        require(reason != null && REASON.matcher(reason).matches(), "reason must be CamelCase, not " + reason);
        require(escalation == null || severity == Severity.WARNING, "only a warning can escalate");
        require((standing == Standing.GRACE) == (grace != null), "grace goes with standing GRACE");
        require(grace == null || !(grace.isNegative() || grace.isZero()), "grace must be positive");
        requireText("unblockedBy", unblockedBy);
        requireText("meaning", meaning);
        requireText("operatorDoes", operatorDoes);
        requireText("hint", hint);
        require(
                HintTemplate.placeholders(meaning + unblockedBy + operatorDoes).isEmpty(),
                "only hints hold placeholders");
        HintTemplate.check(hint);
        if (sharedConnectionHint != null) {
            requireText("sharedConnectionHint", sharedConnectionHint);
            HintTemplate.check(sharedConnectionHint);
        }
    }

    /**
     * @param attempt failures of this kind so far, this one included
     * @param sinceFirstSeen time since the first failure of this kind, not null
     * @return the severity to report now
     */
    public Severity severityAt(int attempt, Duration sinceFirstSeen) {
        return escalation != null && escalation.reached(attempt, sinceFirstSeen) ? Severity.ERROR : severity;
    }

    /**
     * @param sinceFirstSeen time since the first failure of this kind, not null
     * @return the standing to report now, never {@link Standing#GRACE}
     */
    public Standing standingAt(Duration sinceFirstSeen) {
        if (standing != Standing.GRACE) {
            return standing;
        }
        return sinceFirstSeen.compareTo(grace) >= 0 ? Standing.STALLED : Standing.RECONCILING;
    }

    /**
     * @return where the reference page explains this reason, as path and fragment
     */
    public String reference() {
        return REFERENCE_PAGE + "#" + reason.toLowerCase(Locale.ROOT);
    }

    private static void requireText(String field, String text) {
        require(text != null && !text.isBlank(), field + " is missing");
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
