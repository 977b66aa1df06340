package io.tonbo.artifacts.operator.problem;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One failure, ready to be shown: which row it is and the facts of this occurrence. Every text is one bounded, printable
 * line. It holds no credentials by construction: facts come from the closed set of {@link Fact}, and what looks like a
 * token or a URL's user information is taken out of every text.
 *
 * @param type the row
 * @param code the code as it was received, at most {@value #MAX_CODE} characters; without one, the type's name in lower case
 * @param httpStatus status of the answer; null without one
 * @param message what happened, at most {@value #MAX_MESSAGE} characters; without one, the row's meaning
 * @param facts values for the hint by {@linkplain Fact#placeholder() placeholder}
 * @param requestId id of the failed request, at most {@value #MAX_REQUEST_ID} characters; null without one
 * @param retryAfter what the server asked for; null if it did not
 */
public record Problem(
        ProblemType type,
        String code,
        Integer httpStatus,
        String message,
        Map<String, String> facts,
        String requestId,
        Duration retryAfter) {
    /** What an S3 code looks like; anything else could carry an answer's body out of a private network. */
    private static final Pattern S3_CODE = Pattern.compile("[A-Za-z0-9.]{1,64}");

    /** Largest number of characters of a code. */
    public static final int MAX_CODE = 128;
    /** Largest number of characters of a message. */
    public static final int MAX_MESSAGE = 1024;
    /** Largest number of characters of a hint. */
    public static final int MAX_HINT = 1024;
    /** Largest number of characters of a request id. */
    public static final int MAX_REQUEST_ID = 128;

    /**
     * @throws NullPointerException without a type
     * @throws IllegalArgumentException if a fact is not in the closed set
     */
    public Problem {
        if (type == null) {
            throw new NullPointerException("a problem needs a type");
        }
        code = PlainText.bounded(code, MAX_CODE);
        code = code.isEmpty() ? nameOf(type) : code;
        httpStatus = httpStatus == null || httpStatus <= 0 ? null : httpStatus;
        message = PlainText.bounded(message, MAX_MESSAGE);
        message = message.isEmpty() ? ErrorCatalogue.load().row(type).meaning() : message;
        facts = facts == null ? Map.of() : bounded(facts);
        requestId = PlainText.bounded(requestId, MAX_REQUEST_ID);
        requestId = requestId.isEmpty() ? null : requestId;
    }

    /**
     * @param type the row
     * @return a problem the operator found out by itself, with the row's meaning as its message
     */
    public static Problem of(ProblemType type) {
        return new Problem(type, null, null, null, Map.of(), null, null);
    }

    /**
     * @param code code of the orchestrator's answer, or of the client for a call without a usable one; null if there is none
     * @param httpStatus status of the answer, 0 if there is none
     * @param message the answer's message, or null
     * @return the problem, its row found by code and status
     */
    public static Problem ofAnswer(String code, int httpStatus, String message) {
        ProblemType type = ErrorCatalogue.load().forCode(code, httpStatus);
        return new Problem(type, code, httpStatus, message, Map.of(), null, null);
    }

    /**
     * @param s3Code code of the bucket's answer; null if there is none, as in every answer to HEAD
     * @param httpStatus status of the answer, 0 if there is none
     * @param operation what was tried, for the hint; null if unknown
     * @return the problem; the code alone is kept of what the bucket said
     */
    public static Problem ofBucket(String s3Code, int httpStatus, String operation) {
        String code = s3Code != null && S3_CODE.matcher(s3Code).matches() ? s3Code : null;
        ProblemType type = ErrorCatalogue.load().forBucketCode(code, httpStatus);
        return new Problem(type, code, httpStatus, null, Map.of(), null, null).with(Fact.OPERATION, operation);
    }

    /**
     * @param other another row
     * @return the same occurrence, to be judged by that row
     */
    public Problem as(ProblemType other) {
        return new Problem(other, code, httpStatus, message, facts, requestId, retryAfter);
    }

    /**
     * @param text what happened; null for the row's meaning
     * @return this problem with that message
     */
    public Problem withMessage(String text) {
        return new Problem(type, code, httpStatus, text, facts, requestId, retryAfter);
    }

    /**
     * @param fact which one
     * @param value its value; null or blank leaves it out
     * @return this problem with that fact
     */
    public Problem with(Fact fact, String value) {
        Map<String, String> more = new HashMap<>(facts);
        if (value == null || value.isBlank()) {
            more.remove(fact.placeholder());
        } else {
            more.put(fact.placeholder(), value);
        }
        return new Problem(type, code, httpStatus, message, more, requestId, retryAfter);
    }

    /**
     * @param id id of the failed request, or null
     * @return this problem with that id
     */
    public Problem withRequestId(String id) {
        return new Problem(type, code, httpStatus, message, facts, id, retryAfter);
    }

    /**
     * @param delay what the server asked for, or null
     * @return this problem with that delay
     */
    public Problem withRetryAfter(Duration delay) {
        return new Problem(type, code, httpStatus, message, facts, requestId, delay);
    }

    /**
     * @return whether the operator found this out by itself: it is neither an answer's nor a failed call's, not even judged by
     *     another row
     */
    public boolean ownFinding() {
        return httpStatus == null && requestId == null && code.equals(nameOf(type));
    }

    /**
     * @return this problem's row of the catalogue
     */
    public ErrorRow row() {
        return ErrorCatalogue.load().row(type);
    }

    /**
     * What a person holding kubectl can do. Request id and first-seen time must be those of the first failure, so that the
     * hint stays the same while the problem does: pass them in {@code more}.
     *
     * @param more facts about the object, such as namespace and names; they win over the problem's own
     * @param sharedConnection whether the object uses the operator's shared connection
     * @return the hint, at most {@value #MAX_HINT} characters, without placeholders
     * @throws IllegalArgumentException if a fact is not in the closed set
     */
    public String hint(Map<String, String> more, boolean sharedConnection) {
        requireKnown(more);
        Map<String, String> known = new HashMap<>();
        known.put(Fact.CODE.placeholder(), code.equals(nameOf(type)) ? "" : code);
        known.put(Fact.MESSAGE.placeholder(), message);
        known.put(Fact.HTTP_STATUS.placeholder(), httpStatus == null ? "" : httpStatus.toString());
        known.put(Fact.REQUEST_ID.placeholder(), requestId == null ? "" : requestId);
        known.putAll(facts);
        known.putAll(more);
        ErrorRow row = row();
        String template =
                sharedConnection && row.sharedConnectionHint() != null ? row.sharedConnectionHint() : row.hint();
        return PlainText.bounded(HintTemplate.render(template, known), MAX_HINT);
    }

    private static String nameOf(ProblemType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> bounded(Map<String, String> facts) {
        requireKnown(facts);
        Map<String, String> bounded = new HashMap<>();
        facts.forEach((name, value) -> bounded.put(name, PlainText.bounded(value, HintTemplate.MAX_FACT)));
        return Map.copyOf(bounded);
    }

    private static void requireKnown(Map<String, String> facts) {
        for (String name : facts.keySet()) {
            if (Fact.of(name).isEmpty()) {
                throw new IllegalArgumentException("'" + name + "' is no fact a problem may carry");
            }
        }
    }
}
