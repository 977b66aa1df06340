package io.tonbo.artifacts.sandbox;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Something that is done on a thread of its own, beside what its owner does meanwhile.
 *
 * @param <T> what comes of it
 */
final class Beside<T> implements AutoCloseable {
    private final FutureTask<T> task;
    private final Thread thread;

    private Beside(String name, Callable<T> work) {
        task = new FutureTask<>(work);
        thread = new Thread(task, name);
        thread.setDaemon(true);
    }

    /**
     * @param name of the thread
     * @param work what to do; to come to its end soon when it is interrupted
     * @param <T> what comes of it
     * @return the work, begun
     */
    static <T> Beside<T> begin(String name, Callable<T> work) {
        Beside<T> beside = new Beside<>(name, work);
        beside.thread.start();
        return beside;
    }

    /**
     * @return what came of it, once it is done
     * @throws IOException what it has thrown
     * @throws InterruptedException if interrupted meanwhile
     */
    T await() throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(thread.getName() + " failed", e.getCause());
        }
    }

    /** Interrupts it if it is not done, and waits for its end, also if interrupted: it may have started something. */
    @Override
    public void close() {
        boolean interrupted = false;
        thread.interrupt();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
