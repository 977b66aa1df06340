package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.connection.Backoff;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * How patient one object's reconcile is with the API server. A refusal stays one until somebody mends a Role or a
 * definition, so it is tried again ever more rarely; what passes by itself is tried sooner. Each counts for itself until
 * the object gets through: an outage does not make a refusal after it look old.
 */
public final class ApiServerBackoff {
    private static final Duration FIRST_REFUSED = Duration.ofSeconds(5);
    private static final Duration LONGEST_REFUSED = Duration.ofMinutes(5);
    private static final Duration FIRST_OUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_OUT = Duration.ofSeconds(60);
    /** Too slow, too late, too many: the same request may succeed a moment later. */
    private static final Set<Integer> PASSING = Set.of(408, 409, 429);

    private int refusals;
    private int outages;
    private boolean refused;
    private Integer lastCode;

    /**
     * @param e the API server's answer, or why there was none
     * @return what to log about it; empty when it is the same answer as last time
     */
    Optional<String> failed(KubernetesClientException e) {
        int code = e.getCode();
        refused = isRefusal(e);
        if (refused) {
            refusals++;
        } else {
            outages++;
        }
        boolean news = lastCode == null || lastCode != code;
        lastCode = code;
        return news ? Optional.of(line(e)) : Optional.empty();
    }

    /**
     * @param e the API server's answer, or why there was none
     * @return whether it stays so until somebody mends something, rather than passing by itself
     */
    public static boolean isRefusal(KubernetesClientException e) {
        int code = e.getCode();
        return code >= 400 && code < 500 && !PASSING.contains(code);
    }

    /**
     * @param random spreads the waiting
     * @return how long to wait after the last failure, as documented: 5 s to 5 min after a refusal, else 1 s to 60 s
     */
    Duration next(RandomGenerator random) {
        return refused
                ? Backoff.doubled(FIRST_REFUSED, LONGEST_REFUSED, refusals, random)
                : Backoff.doubled(FIRST_OUT, LONGEST_OUT, outages, random);
    }

    /** The object got through. */
    void succeeded() {
        refusals = 0;
        outages = 0;
        lastCode = null;
    }

    private static String line(KubernetesClientException e) {
        String line =
                e.getCode() <= 0 ? "no answer from the API server" : "the API server answered HTTP " + e.getCode();
        String hint =
                switch (e.getCode()) {
                    case 403 ->
                        "; the operator's RBAC does not allow what it tried: compare its ClusterRole with that of its version";
                    case 422 ->
                        "; the installed CustomResourceDefinition may belong to another version of the operator";
                    default -> "";
                };
        return line + hint + said(e);
    }

    /** A webhook may have written it, so it is treated as any text from elsewhere. */
    private static String said(KubernetesClientException e) {
        String message = e.getStatus() == null ? null : e.getStatus().getMessage();
        return message == null
                ? ""
                : ": "
                        + Problem.of(ProblemType.OPERATOR_FAULT)
                                .withMessage(message)
                                .message();
    }
}
