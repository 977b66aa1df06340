package io.tonbo.artifacts.operator.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Readings of Secrets, shared by all who refer to them: one GET for a Secret at a time, and none while the last reading is
 * young enough. An absent or forbidden Secret counts as blocked on, since whoever asks needs it. When the API server
 * fails, the last reading serves on until it has not been asked for in {@link #KEPT}. Bounded in memory.
 */
public final class SecretCache {
    /** How long a reading that nobody asks for is kept. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final long MAX_CHARACTERS = 32L << 20;

    private record Key(String namespace, String name) {}

    /** What came of the last attempt; {@code failure} null when it was answered. */
    private record Reading(Optional<SecretData> data, Instant at, SecretReadException.Kind failure) {
        int characters() {
            return 256
                    + data.map(secret -> secret.values().values().stream()
                                    .mapToInt(String::length)
                                    .sum())
                            .orElse(0);
        }
    }

    private final SecretReader reader;
    private final InstantSource clock;
    private final ConnectionTimings timings;
    private final Cache<Key, Reading> readings;

    /**
     * @param reader where Secrets come from
     * @param clock the present
     * @param timings ages
     */
    public SecretCache(SecretReader reader, InstantSource clock, ConnectionTimings timings) {
        this.reader = reader;
        this.clock = new ForwardClock(clock);
        this.timings = timings;
        this.readings = Caffeine.newBuilder()
                .maximumWeight(MAX_CHARACTERS)
                .weigher((Key key, Reading reading) -> reading.characters())
                .expireAfterAccess(KEPT)
                .ticker(new ClockTime(this.clock)::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /**
     * @param namespace the Secret's namespace
     * @param name the Secret's name
     * @param freshness how old the answer may be
     * @return what it holds; empty if there is no such Secret
     * @throws SecretReadException if that could not be found out
     */
    public Optional<SecretData> get(String namespace, String name, Freshness freshness) throws SecretReadException {
        Key key = new Key(namespace, name);
        Reading reading = readings.getIfPresent(key);
        if (reading == null || !young(reading, freshness)) {
            reading = readings.asMap()
                    .compute(key, (same, last) -> last != null && young(last, freshness) ? last : read(same, last));
        }
        if (reading.failure() != null && reading.data().isEmpty()) {
            throw new SecretReadException(reading.failure(), namespace, name);
        }
        return reading.data();
    }

    private boolean young(Reading reading, Freshness freshness) {
        Duration oldest = freshness == Freshness.SETTLED && reading.data().isPresent()
                ? timings.settledAge()
                : timings.blockedAge();
        if (reading.failure() == SecretReadException.Kind.UNAVAILABLE) {
            oldest = timings.failureAge();
        }
        return clock.instant().isBefore(reading.at().plus(oldest));
    }

    private Reading read(Key key, Reading last) {
        try {
            return new Reading(reader.get(key.namespace(), key.name()), clock.instant(), null);
        } catch (SecretReadException e) {
            boolean serveOn = e.kind() == SecretReadException.Kind.UNAVAILABLE && last != null;
            return new Reading(serveOn ? last.data() : Optional.empty(), clock.instant(), e.kind());
        }
    }

    /**
     * Makes the next {@link #get} read anew: what the Secret held was refused.
     *
     * @param namespace the Secret's namespace
     * @param name the Secret's name
     */
    public void forget(String namespace, String name) {
        readings.invalidate(new Key(namespace, name));
    }
}
