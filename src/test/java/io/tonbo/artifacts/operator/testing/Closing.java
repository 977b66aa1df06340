package io.tonbo.artifacts.operator.testing;

import java.util.Arrays;
import java.util.Objects;

/** The end of what a test class has started, however far it came: a test that is skipped for a lack is not to fail at its end. */
public final class Closing {
    private Closing() {}

    /**
     * Ends each, also after one that fails to end.
     *
     * @param started what was started, in the order to end it; null for what was not
     * @throws IllegalStateException with what went wrong as suppressed exceptions
     */
    public static void each(AutoCloseable... started) {
        IllegalStateException failure = new IllegalStateException("not all has ended");
        Arrays.stream(started).filter(Objects::nonNull).forEach(one -> {
            try {
                one.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure.addSuppressed(e);
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        });
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
