package io.tonbo.artifacts.operator.connection;

import java.util.random.RandomGenerator;

/** Jitter that is always the same: 0 for the shortest waits, just below 1 for the longest. */
record FixedJitter(double value) implements RandomGenerator {
    static final FixedJitter LEAST = new FixedJitter(0);
    static final FixedJitter MOST = new FixedJitter(Math.nextDown(1.0));

    @Override
    public long nextLong() {
        return 0;
    }

    @Override
    public double nextDouble() {
        return value;
    }
}
