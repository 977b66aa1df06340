package io.tonbo.artifacts.operator.reconcile;

import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.StatusWriter;
import java.util.List;

/**
 * One reconcile of one object: observe, ask the table, act, until there is an outcome.
 *
 * @param <R> the type of the object
 */
public interface ObjectPass<R> extends AutoCloseable {
    /**
     * What a pass came to.
     *
     * @param outcome for the status; null when the object is let go
     * @param farewell the last word on it, to be said once before its finalizer goes; null unless it is let go
     */
    record Result(Outcome outcome, Runnable farewell) {}

    /**
     * @return the object as this pass last read or wrote it
     */
    R object();

    /**
     * @return what it came to
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server refuses or cannot be reached
     */
    Result run();

    /**
     * Writes what the pass came to, if it is news, and says it in events.
     *
     * @param outcome what it came to
     * @throws StatusWriter.Conflict if the object changed meanwhile
     */
    void report(Outcome outcome) throws StatusWriter.Conflict;

    /** The object changed: the next pass starts from what the API server has, not from a cache that may lag behind. */
    void refresh();

    /**
     * @return the outcome of a pass that met a fault of our own
     */
    Outcome fault();

    /**
     * @return the names of the tables' rows that decided so far, for the log
     */
    List<String> rows();

    @Override
    void close();
}
