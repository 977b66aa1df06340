package io.tonbo.artifacts.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What runs, for it to be ended in the opposite order. */
final class RunningParts {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<String> troubles = new ArrayList<>();
    private boolean closed;

    /** The end came while something was still being started. */
    static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EndedException() {
            super("the sandbox is being ended", null, false, false);
        }
    }

    /**
     * @param part that runs; ended at once if the end has come meanwhile
     * @param <T> its type
     * @return the part
     * @throws EndedException if the end has come
     */
    synchronized <T extends AutoCloseable> T keep(T part) {
        if (!closed) {
            parts.push(part);
            return part;
        }
        end(part);
        throw new EndedException();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** From now on nothing is kept. */
    synchronized void refuseMore() {
        closed = true;
    }

    /**
     * Ends all, the newest first. What will not end does not keep the rest from it. Can be called again.
     *
     * @return what would not end until now, each in a line; empty if nothing is left
     */
    synchronized List<String> end() {
        closed = true;
        while (!parts.isEmpty()) {
            end(parts.pop());
        }
        return List.copyOf(troubles);
    }

    private void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            troubles.add(PlainReason.of(e));
        }
    }
}
