package io.tonbo.artifacts.operator.status;

import java.time.Duration;

/**
 * The operator's waiting times, in one place, so that tests and the sandbox can scale them. Backoffs of the error
 * catalogue pass through {@link #scale(Duration)} too.
 *
 * @param scale what every waiting time is multiplied by, greater than 0; 1 in production
 */
public record Timings(double scale) {
    /** The times that production uses. */
    public static final Timings PRODUCTION = new Timings(1);

    /** Checks the scale. */
    public Timings {
        if (!(scale > 0) || scale > 1000) {
            throw new IllegalArgumentException("artifacts.test.time-scale must be greater than 0 and at most 1000");
        }
    }

    /**
     * @param time a waiting time as documented
     * @return the time to wait here, at least 1 ms
     */
    public Duration scale(Duration time) {
        return scale == 1 ? time : Duration.ofMillis(Math.max(1, (long) (time.toMillis() * scale)));
    }

    /**
     * @param elapsed a time that really passed here
     * @return what that stands for in documented time
     */
    public Duration unscale(Duration elapsed) {
        return scale == 1 ? elapsed : Duration.ofMillis((long) (elapsed.toMillis() / scale));
    }

    /**
     * @return how often a Secret is looked at while something is blocked on it: 30 s
     */
    public Duration blockedPoll() {
        return scale(Duration.ofSeconds(30));
    }

    /**
     * @return how long a reserve of ours may still take effect after it was sent, HTTP deadline and lease included: 20 s
     */
    public Duration reserveSettles() {
        return scale(Duration.ofSeconds(20));
    }

    /**
     * @return how long a deletion waits for a usable token before it lets go: 2 min
     */
    public Duration deletionWithoutConnection() {
        return scale(Duration.ofMinutes(2));
    }

    /**
     * @return how long a deletion waits for the orchestrator before it lets go: 10 min
     */
    public Duration deletionInOutage() {
        return scale(Duration.ofMinutes(10));
    }

    /**
     * @return for how long somebody else's reservation counts as being worked on: 60 s
     */
    public Duration foreignCreate() {
        return scale(Duration.ofSeconds(60));
    }

    /**
     * @return how long the deletion of a session waits for a usable token before it lets go: 60 s, since waiting revokes
     *     nothing
     */
    public Duration sessionDeletionWithoutConnection() {
        return scale(Duration.ofSeconds(60));
    }

    /**
     * @param secrets how many published Secrets there are
     * @return how often each is looked at: every 60 s, or as rarely as keeps all looks under 20 a second
     */
    public Duration publishedPoll(long secrets) {
        return scale(Duration.ofMillis(Math.max(60_000, secrets * 50)));
    }

    /**
     * @return how long a Secret that was restored may be gone again before it is restored again: 30 s
     */
    public Duration betweenRestorations() {
        return scale(Duration.ofSeconds(30));
    }

    /**
     * @return how often a rollout that others wait for is looked at: 10 s
     */
    public Duration rolloutPoll() {
        return scale(Duration.ofSeconds(10));
    }

    /**
     * @return how long the next workload waits for a rollout at most: 5 min
     */
    public Duration rolloutPatience() {
        return scale(Duration.ofMinutes(5));
    }
}
