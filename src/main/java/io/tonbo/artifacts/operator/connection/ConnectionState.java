package io.tonbo.artifacts.operator.connection;

import java.time.Instant;

/** What there is to say about an object's connection before any request. */
public sealed interface ConnectionState {
    /**
     * @return where the token comes from, or should
     */
    TokenSource source();

    /**
     * A token that may be used.
     *
     * @param connection the token and its source
     */
    record Available(Connection connection) implements ConnectionState {
        @Override
        public TokenSource source() {
            return connection.source();
        }
    }

    /**
     * There is no such Secret, or it lacks the key.
     *
     * @param source names the Secret
     * @param missingKey the key it lacks; null if there is no such Secret
     */
    record SecretAbsent(TokenSource source, String missingKey) implements ConnectionState {}

    /**
     * Whether there is such a Secret is not known.
     *
     * @param source names the Secret
     * @param forbidden whether the operator may not read it, rather than the API server being out
     */
    record SecretUnreadable(TokenSource source, boolean forbidden) implements ConnectionState {}

    /**
     * The object names no Secret, its namespace may use the shared connection, but there is none: the administrator's
     * token file is not configured or cannot be read.
     *
     * @param source the shared connection
     */
    record SharedTokenAbsent(TokenSource source) implements ConnectionState {}

    /**
     * The object names no Secret, and its namespace may not use the shared connection.
     *
     * @param source names the namespace
     */
    record NotAllowed(TokenSource source) implements ConnectionState {}

    /**
     * What is there is no token.
     *
     * @param source where it was found
     * @param characters its length after trimming
     * @param parts its dot-separated parts, 0 if empty
     * @param flaw what is wrong with it, without any of it
     */
    record Malformed(TokenSource source, int characters, int parts, String flaw) implements ConnectionState {}

    /**
     * The JWT has run out, by its own {@code exp} and our clock.
     *
     * @param source where it was found
     * @param expiry its {@code exp}
     */
    record Expired(TokenSource source, Instant expiry) implements ConnectionState {}

    /**
     * The orchestrator refused this very token with 401, and it is not yet time to try it again.
     *
     * @param source where it was found
     * @param since when it was first refused
     * @param nextProbe when it is tried again
     * @param confirmed whether the retry was refused too
     * @param expiry the JWT's {@code exp}, null for a key
     */
    record Gated(TokenSource source, Instant since, Instant nextProbe, boolean confirmed, Instant expiry)
            implements ConnectionState {}
}
