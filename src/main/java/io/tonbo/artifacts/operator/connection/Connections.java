package io.tonbo.artifacts.operator.connection;

import io.tonbo.artifacts.operator.orchestrator.BearerToken;
import io.tonbo.artifacts.operator.orchestrator.MalformedTokenException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds an object's token and says whether it may be used, without a request to the orchestrator. A missing Secret never
 * falls back to the shared connection: that would change the account.
 */
public final class Connections {
    /** The key of a connection Secret that holds the token. */
    public static final String TOKEN_KEY = "token";

    private final SecretCache secrets;
    private final SharedToken sharedToken;
    private final SharedConnectionNamespaces sharedNamespaces;
    private final Accounts accounts;
    private final InstantSource clock;
    private final ConnectionTimings timings;

    /**
     * @param secrets readings of Secrets
     * @param sharedToken the shared connection's token
     * @param sharedNamespaces who may use it
     * @param accounts which tokens have been refused
     * @param clock the present
     * @param timings ages and leeways
     */
    public Connections(
            SecretCache secrets,
            SharedToken sharedToken,
            SharedConnectionNamespaces sharedNamespaces,
            Accounts accounts,
            InstantSource clock,
            ConnectionTimings timings) {
        this.secrets = secrets;
        this.sharedToken = sharedToken;
        this.sharedNamespaces = sharedNamespaces;
        this.accounts = accounts;
        this.clock = clock;
        this.timings = timings;
    }

    /**
     * @param namespace the object's namespace
     * @param secretName its {@code spec.connectionSecretRef.name}; null for the shared connection
     * @param freshness {@link Freshness#BLOCKED} when the object waits for its connection to change, for instance after a
     *     403; a connection that is not available counts as that by itself
     * @return the token, or why there is none to use
     */
    public ConnectionState resolve(String namespace, String secretName, Freshness freshness) {
        TokenSource source = new TokenSource(namespace, secretName);
        if (source.shared()) {
            return shared(source);
        }
        ConnectionState state = fromSecret(source, freshness);
        if (freshness == Freshness.SETTLED && !(state instanceof ConnectionState.Available)) {
            return fromSecret(source, Freshness.BLOCKED);
        }
        return state;
    }

    private ConnectionState shared(TokenSource source) {
        if (!sharedNamespaces.allows(source.namespace())) {
            return new ConnectionState.NotAllowed(source);
        }
        return sharedToken
                .text()
                .map(text -> judge(source, text))
                .orElseGet(() -> new ConnectionState.SharedTokenAbsent(source));
    }

    private ConnectionState fromSecret(TokenSource source, Freshness freshness) {
        try {
            Optional<SecretData> secret = secrets.get(source.namespace(), source.secretName(), freshness);
            if (secret.isEmpty()) {
                return new ConnectionState.SecretAbsent(source, null);
            }
            String text = secret.get().values().get(TOKEN_KEY);
            return text == null ? new ConnectionState.SecretAbsent(source, TOKEN_KEY) : judge(source, text);
        } catch (SecretReadException e) {
            return new ConnectionState.SecretUnreadable(source, e.kind() == SecretReadException.Kind.FORBIDDEN);
        }
    }

    private ConnectionState judge(TokenSource source, String text) {
        BearerToken token;
        try {
            token = BearerToken.parse(text);
        } catch (MalformedTokenException e) {
            return new ConnectionState.Malformed(source, e.characters(), e.parts(), e.detail());
        }
        Instant expiry = token.expiry().orElse(null);
        if (expiry != null && !clock.instant().isBefore(expiry.plus(timings.expiryLeeway()))) {
            return new ConnectionState.Expired(source, expiry);
        }
        return accounts.of(token)
                .gate()
                .closed()
                .<ConnectionState>map(closed -> new ConnectionState.Gated(
                        source, closed.since(), closed.nextProbe(), closed.confirmed(), expiry))
                .orElseGet(() -> new ConnectionState.Available(new Connection(token, source)));
    }

    /**
     * Makes the next {@link #resolve} read the token anew: it was refused, and may have been replaced meanwhile.
     *
     * @param source where it came from
     */
    public void forget(TokenSource source) {
        if (source.shared()) {
            sharedToken.forget();
        } else {
            secrets.forget(source.namespace(), source.secretName());
        }
    }
}
