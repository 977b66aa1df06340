package io.tonbo.artifacts.operator.mountsession;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * When a session is renewed and when it ends, by this machine's clock. It is renewed at two thirds of what was
 * <em>granted</em>, give or take 5 %: always the same for one object, spread over many, so that those which were applied
 * together aren't renewed together.
 *
 * @param issuedAt when the session was asked for
 * @param renewAt when a new one is due; never after {@code expiresAt}
 * @param expiresAt when the session ends
 */
public record RenewalSchedule(Instant issuedAt, Instant renewAt, Instant expiresAt) {
    /** A session that is granted for less is a fault: to renew it would mean to open one after another. */
    static final Duration SHORTEST = Duration.ofSeconds(60);

    /** Both ends are cut to whole seconds, by clocks that tell them from an answer's date. */
    private static final Duration CUT = Duration.ofSeconds(2);

    private static final double POINT = 2.0 / 3;
    private static final double SPREAD = 0.05;

    /** A session that had ended before it began is due at its end. */
    public RenewalSchedule {
        renewAt = renewAt.isAfter(expiresAt) ? expiresAt : renewAt;
    }

    /**
     * @param record what was published; its times are the orchestrator's
     * @param wishedSeconds {@code spec.ttlSeconds} now. Less than was asked for then, and less than was granted, makes the
     *     session due at once; more is for the next one
     * @param uid uid of the object
     * @param serverAhead how far the orchestrator's clock is ahead of this machine's; negative when behind
     * @return its schedule
     */
    static RenewalSchedule of(SessionRecord record, long wishedSeconds, String uid, Duration serverAhead) {
        RenewalSchedule schedule = of(record.issuedAt(), record.expiresAt(), uid, serverAhead);
        boolean lowered = wishedSeconds < record.requestedSeconds()
                && wishedSeconds < schedule.granted().toSeconds();
        return lowered ? schedule.dueAtOnce() : schedule;
    }

    /** The same session, to be replaced now. */
    RenewalSchedule dueAtOnce() {
        return new RenewalSchedule(issuedAt, issuedAt, expiresAt);
    }

    /**
     * @param issuedAt when the session was asked for, by the orchestrator's clock
     * @param expiresAt when it ends, by the orchestrator's clock
     * @param uid uid of the object
     * @param serverAhead how far the orchestrator's clock is ahead of this machine's; negative when behind
     * @return the schedule of a session that is as long as was wished
     */
    static RenewalSchedule of(Instant issuedAt, Instant expiresAt, String uid, Duration serverAhead) {
        Instant from = issuedAt.minus(serverAhead);
        Instant to = expiresAt.minus(serverAhead);
        long life = Duration.between(from, to).toMillis();
        Instant point = from.plusMillis(Math.round(life * share(uid)));
        return new RenewalSchedule(from, point, to);
    }

    /** Between 63.3 % and 70 % of a session's life. */
    private static double share(String uid) {
        long bits = ByteBuffer.wrap(SessionRecord.sha256().digest(uid.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        double unit = (bits >>> 11) * 0x1.0p-53;
        return POINT * (1 - SPREAD + 2 * SPREAD * unit);
    }

    /**
     * @return for how long the session was granted; negative when it had ended before it began
     */
    Duration granted() {
        return Duration.between(issuedAt, expiresAt);
    }

    /**
     * @return whether it was granted for less than 60 s, give or take what two clocks differ by in cutting to seconds
     */
    boolean tooShort() {
        return granted().plus(CUT).compareTo(SHORTEST) < 0;
    }

    /**
     * @param now the time
     * @return whether a new session is to be opened
     */
    boolean due(Instant now) {
        return !now.isBefore(renewAt);
    }

    /**
     * @param now the time
     * @return whether the session has ended
     */
    boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /**
     * @param now the time
     * @return the next moment at which time alone changes something: the renewal, or once that is due the end
     */
    Instant next(Instant now) {
        return due(now) ? expiresAt : renewAt;
    }
}
