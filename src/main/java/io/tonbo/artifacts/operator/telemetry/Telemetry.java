package io.tonbo.artifacts.operator.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/**
 * Where counts and traces go.
 *
 * @param meters where counts go
 * @param traces where traces go
 */
public record Telemetry(MeterRegistry meters, Traces traces) {
    /** Nothing is counted, and nothing is traced. */
    public static final Telemetry NONE = new Telemetry(new CompositeMeterRegistry(), Traces.OFF);
}
