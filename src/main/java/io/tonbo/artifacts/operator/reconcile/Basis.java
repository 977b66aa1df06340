package io.tonbo.artifacts.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.tonbo.artifacts.operator.connection.ConnectionState;
import io.tonbo.artifacts.operator.connection.Freshness;
import io.tonbo.artifacts.operator.connection.SecretData;
import io.tonbo.artifacts.operator.connection.SecretReadException;
import io.tonbo.artifacts.operator.connection.TokenSource;
import java.util.Map;
import java.util.StringJoiner;

/** What a failure rests on, put together as one text; see {@link ObjectKind}. */
public final class Basis {
    private final ReconcilerServices services;
    private final StringJoiner parts = new StringJoiner("|", "", "|");

    /**
     * @param services where Secrets and tokens are read
     */
    public Basis(ReconcilerServices services) {
        this.services = services;
    }

    /**
     * @param object the object: its generation, and whether it is being deleted
     * @return this
     */
    public Basis object(HasMetadata object) {
        boolean deleting = object.isMarkedForDeletion();
        String namespace = object.getMetadata().getNamespace();
        and(object.getMetadata().getGeneration()).and(deleting);
        // Nothing holds up the end of a namespace for long.
        return and(deleting && new NamespaceEnd(services.client()).terminating(namespace));
    }

    /**
     * @param part a part of it
     * @return this
     */
    public Basis and(Object part) {
        parts.add(String.valueOf(part));
        return this;
    }

    /**
     * @param object the object
     * @param annotations those that ask for something
     * @return this
     */
    public Basis requests(HasMetadata object, Iterable<String> annotations) {
        Map<String, String> all = object.getMetadata().getAnnotations();
        annotations.forEach(name -> and(all == null ? null : all.get(name)));
        return this;
    }

    /**
     * @param source where the object's token comes from
     * @param freshness how old the reading may be
     * @return this
     */
    public Basis connection(TokenSource source, Freshness freshness) {
        ConnectionState state = services.connections().resolve(source.namespace(), source.secretName(), freshness);
        if (state instanceof ConnectionState.Available available) {
            return and(available.connection().token().hash());
        }
        // The gate's times move by themselves.
        return and(state instanceof ConnectionState.Gated ? "gated" : state.toString());
    }

    /**
     * @param namespace the object's namespace
     * @param secret a Secret that it refers to
     * @param freshness how old the reading may be
     * @return this
     */
    public Basis secret(String namespace, String secret, Freshness freshness) {
        try {
            return and(services.secrets()
                    .get(namespace, secret, freshness)
                    .map(SecretData::resourceVersion)
                    .orElse("absent"));
        } catch (SecretReadException e) {
            return and(e.kind().name());
        }
    }

    /**
     * @return all of it
     */
    public String text() {
        return parts.toString();
    }
}
