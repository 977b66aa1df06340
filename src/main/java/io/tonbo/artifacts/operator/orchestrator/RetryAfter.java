package io.tonbo.artifacts.operator.orchestrator;

import java.time.Duration;
import java.time.Instant;

/** The {@code Retry-After} header (RFC 9110, section 10.2.3): seconds or an HTTP date. */
final class RetryAfter {
    /** Longer waits are cut to this; what is honoured is shorter still and decided above. */
    static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * @param header the header's value, may be null
     * @param now the present by the clock that wrote a date
     * @return from 0 to {@link #LONGEST}; null if absent or unreadable
     */
    static Duration parse(String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (text.matches("[0-9]+")) {
            return text.length() > 9 ? LONGEST : atMost(Duration.ofSeconds(Long.parseLong(text)));
        }
        Instant date = HttpDate.parse(text);
        return date == null ? null : atMost(Duration.between(now, date));
    }

    private static Duration atMost(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
