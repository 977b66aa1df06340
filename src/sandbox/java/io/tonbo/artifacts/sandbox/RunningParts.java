package io.tonbo.artifacts.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What runs, for it to be ended in the opposite order. */
final class RunningParts implements AutoCloseable {
    private final Consumer<String> notes;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    /**
     * @param notes told of what would not end
     */
    RunningParts(Consumer<String> notes) {
        this.notes = notes;
    }

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
    <T extends AutoCloseable> T keep(T part) {
        synchronized (this) {
            if (!closed) {
                parts.push(part);
                return part;
            }
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

    /** Ends all, the newest first. What will not end does not keep the rest from it. Can be called again. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            end(parts.pop());
        }
    }

    @SuppressWarnings("IllegalCatch")
    private void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            notes.accept(PlainReason.of(e));
        }
    }
}
