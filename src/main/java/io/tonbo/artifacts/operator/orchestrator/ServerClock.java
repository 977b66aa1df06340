package io.tonbo.artifacts.operator.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the server's clock is ahead of ours, by the {@code Date} of its answers. That is cut to the second, and an answer
 * takes its time, so each says only between what it lies. What was known stays while that fits: two clocks that agree differ
 * by nothing, and the estimate of others doesn't wander from answer to answer.
 */
final class ServerClock {
    private static final Duration CUT = Duration.ofSeconds(1);

    private Duration ahead;

    /**
     * @param sent when the request was sent, by our clock
     * @param received when the answer was received, by our clock
     * @param date what it says, in whole seconds
     */
    synchronized void told(Instant sent, Instant received, Instant date) {
        Duration least = Duration.between(received, date);
        Duration most = Duration.between(sent.isBefore(received) ? sent : received, date.plus(CUT));
        Duration known = ahead == null ? Duration.ZERO : ahead;
        if (known.compareTo(least) < 0) {
            ahead = least;
        } else {
            ahead = known.compareTo(most) > 0 ? most : known;
        }
    }

    /**
     * @return negative when it is behind; empty before the first answer
     */
    synchronized Optional<Duration> ahead() {
        return Optional.ofNullable(ahead);
    }
}
