package io.tonbo.artifacts.operator.reconcile;

import io.tonbo.artifacts.operator.connection.ConnectionState;
import io.tonbo.artifacts.operator.connection.StorageCredentials;
import io.tonbo.artifacts.operator.problem.Fact;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Instant;

/** Why a connection, or the keys of a bucket, cannot be used, as a row of the catalogue. */
public final class ConnectionProblems {
    private ConnectionProblems() {}

    /**
     * @param state what there is to say about the connection
     * @return the problem, or null when the connection can be used
     */
    public static Problem of(ConnectionState state) {
        if (state instanceof ConnectionState.SecretAbsent absent) {
            String lacking = absent.missingKey() == null ? " does not exist" : " has no key " + absent.missingKey();
            return Problem.of(ProblemType.CONNECTION_SECRET_MISSING)
                    .withMessage("Secret " + absent.source().secretName() + lacking);
        }
        if (state instanceof ConnectionState.SecretUnreadable unreadable) {
            return unreadable(
                    ProblemType.CONNECTION_SECRET_UNREADABLE,
                    unreadable.source().secretName(),
                    unreadable.forbidden());
        }
        if (state instanceof ConnectionState.SharedTokenAbsent) {
            return Problem.of(ProblemType.CONNECTION_SECRET_MISSING)
                    .withMessage("the operator's shared connection has no token (ARTIFACTS_TOKEN_FILE)");
        }
        if (state instanceof ConnectionState.NotAllowed) {
            return Problem.of(ProblemType.CONNECTION_NOT_ALLOWED);
        }
        if (state instanceof ConnectionState.Malformed malformed) {
            return Problem.of(ProblemType.MALFORMED_TOKEN)
                    .withMessage("what is stored as the token has " + malformed.characters() + " characters in "
                            + malformed.parts() + " part(s): " + malformed.flaw())
                    .with(Fact.TOKEN_CHARACTERS, Integer.toString(malformed.characters()))
                    .with(Fact.TOKEN_PARTS, Integer.toString(malformed.parts()))
                    .with(Fact.TOKEN_FLAW, malformed.flaw());
        }
        if (state instanceof ConnectionState.Expired expired) {
            return withExpiry(
                    Problem.of(ProblemType.TOKEN_EXPIRED).withMessage("the token expired at " + expired.expiry()),
                    expired.expiry());
        }
        if (state instanceof ConnectionState.Gated gated) {
            return withExpiry(Problem.ofAnswer("unauthorized", 401, null), gated.expiry());
        }
        return null;
    }

    /**
     * A Secret without the bucket's keys.
     *
     * @param type the row that speaks of it
     * @param secret its name
     * @param credentials what it holds; null when there is no such Secret
     * @return the problem
     */
    public static Problem withoutKeys(ProblemType type, String secret, StorageCredentials credentials) {
        if (credentials == null) {
            return Problem.of(type).withMessage("Secret " + secret + " does not exist");
        }
        String missing = String.join(", ", credentials.missing());
        return Problem.of(type)
                .withMessage("Secret " + secret + " lacks: " + missing)
                .with(Fact.MISSING, missing);
    }

    /**
     * A Secret of which nobody knows whether it exists.
     *
     * @param type the row that speaks of it
     * @param secret its name
     * @param forbidden whether the operator may not read it, rather than the API server being out
     * @return the problem
     */
    public static Problem unreadable(ProblemType type, String secret, boolean forbidden) {
        return Problem.of(type)
                .withMessage("Secret " + secret
                        + (forbidden
                                ? " may not be read by the operator (RBAC: get secrets)"
                                : " could not be read, since the API server did not answer"));
    }

    /**
     * The orchestrator's 401, or that of an earlier call which closed the gate.
     *
     * @param problem the refusal
     * @param expiry when the token expires by its own account, or null
     * @return the refusal, with that time for its hint
     */
    public static Problem withExpiry(Problem problem, Instant expiry) {
        return expiry == null ? problem : problem.with(Fact.TOKEN_EXPIRY, expiry.toString());
    }
}
