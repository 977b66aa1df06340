package io.tonbo.artifacts.sandbox.terminal;

import java.time.Duration;

/** Does something again and again until it is closed; keeps no JVM alive. */
final class Ticker implements AutoCloseable {
    private final Thread thread;

    private Ticker(Thread thread) {
        this.thread = thread;
    }

    /**
     * @param interval between two times
     * @param task what to do
     * @return ends it
     */
    static Ticker every(Duration interval, Runnable task) {
        Thread thread = new Thread(() -> repeat(interval, task), "display");
        thread.setDaemon(true);
        thread.start();
        return new Ticker(thread);
    }

    private static void repeat(Duration interval, Runnable task) {
        try {
            while (true) {
                Thread.sleep(interval.toMillis());
                task.run();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
