package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.tonbo.artifacts.operator.connection.Freshness;
import io.tonbo.artifacts.operator.connection.TokenSource;
import java.util.Optional;

/**
 * A resource's own part in a {@link ReconcileShell}.
 *
 * @param <R> the type of the objects
 * @param <M> what is remembered of one
 */
public interface ObjectKind<R extends CustomResource<?, ?>, M> {
    /**
     * @param object the object, as fresh as it is known
     * @param memory what is remembered of it
     * @param context the framework's
     * @return a pass over it
     */
    ObjectPass<R> pass(R object, M memory, Context<R> context);

    /**
     * What a failure rests on of the objects that are watched: while none of it changes, an attempt before its time would
     * fail the same way. Once any of it does, the wait is over. Taken before a pass, so that a change during the pass
     * counts as one.
     *
     * @param object the object
     * @param context the framework's
     * @return all of it in one text
     */
    String watched(R object, Context<R> context);

    /**
     * The same of the Secrets that are read, but for the connection's, which {@link #tokenSource} names. Taken after a pass,
     * as the pass read them.
     *
     * @param basis what to add them to; no credentials
     * @param object the object
     * @param memory what is remembered of it
     * @param context the framework's
     * @param freshness how old a reading may be
     * @return the basis
     */
    Basis readings(Basis basis, R object, M memory, Context<R> context, Freshness freshness);

    /**
     * @param object the object
     * @param context the framework's
     * @return where its token comes from; empty while nobody knows
     */
    Optional<TokenSource> tokenSource(R object, Context<R> context);
}
