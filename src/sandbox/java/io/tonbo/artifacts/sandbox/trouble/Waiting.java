package io.tonbo.artifacts.sandbox.trouble;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what comes about by itself. */
final class Waiting {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 100;

    private Waiting() {}

    /**
     * @param what in words, for the failure
     * @param wanted asked ten times a second: something that costs little
     * @throws IllegalStateException if it does not come about within a minute
     */
    static void until(String what, BooleanSupplier wanted) throws InterruptedException {
        if (!within(PATIENCE, wanted)) {
            throw new IllegalStateException(what + " did not come about in " + PATIENCE.toSeconds() + " s");
        }
    }

    /**
     * @param patience how long at most
     * @param wanted asked ten times a second: something that costs little
     * @return whether it came about
     */
    static boolean within(Duration patience, BooleanSupplier wanted) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }
}
