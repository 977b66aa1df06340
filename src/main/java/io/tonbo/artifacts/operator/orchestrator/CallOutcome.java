package io.tonbo.artifacts.operator.orchestrator;

import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.telemetry.Label;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a request came to, in words of a closed set: an answer may hold any code, a label may not.
 *
 * @param result in one word
 * @param code the code of a refusal that the catalogue knows, or one of the two below
 */
public record CallOutcome(Result result, String code) {
    /** There is no code: the request did what it was for, or was refused without one. */
    public static final String NO_CODE = "none";
    /** A code that the catalogue does not know. */
    public static final String OTHER_CODE = "other";

    /** What a request came to. */
    public enum Result implements Label {
        /** An answer that can be used, be it that the workspace is there already, or not at all. */
        OK,
        /** A status from 400 to 499. */
        REFUSED,
        /** 429: too many requests. */
        THROTTLED,
        /** Another status, or an answer that cannot be used. */
        FAILED,
        /** No complete answer: whether it took effect is not known. */
        UNANSWERED;
    }

    /** Of a request that did what it was for. */
    static final CallOutcome FINE = new CallOutcome(Result.OK, NO_CODE);
    /** Of one that ended in a fault of our own. */
    static final CallOutcome FAULT = new CallOutcome(Result.FAILED, OTHER_CODE);

    /**
     * @return every code that can be told
     */
    public static Set<String> codes() {
        Set<String> codes = new TreeSet<>(Known.CODES);
        codes.add(NO_CODE);
        codes.add(OTHER_CODE);
        return codes;
    }

    /** Found when it is first asked for: reading the catalogue takes a moment. */
    private static final class Known {
        static final Set<String> CODES = codes();

        private static Set<String> codes() {
            Set<String> codes = new TreeSet<>(OrchestratorException.CLIENT_SIDE);
            codes.addAll(ErrorCatalogue.load().orchestratorCodes());
            return Set.copyOf(codes);
        }
    }

    static CallOutcome of(OrchestratorException e) {
        String code = e.code() == null ? NO_CODE : Known.CODES.contains(e.code()) ? e.code() : OTHER_CODE;
        return new CallOutcome(result(e), code);
    }

    private static Result result(OrchestratorException e) {
        if (e.transport()) {
            return Result.UNANSWERED;
        }
        if (e.httpStatus() == 429) {
            return Result.THROTTLED;
        }
        boolean unusable = e.code() != null && OrchestratorException.CLIENT_SIDE.contains(e.code());
        return e.httpStatus() >= 400 && e.httpStatus() < 500 && !unusable ? Result.REFUSED : Result.FAILED;
    }
}
