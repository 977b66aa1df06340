package io.tonbo.artifacts.operator.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tonbo.artifacts.operator.orchestrator.BearerToken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The accounts, one for each token. Those that nobody has used for a while are dropped, and beyond ten thousand the least
 * recently used: such a token starts anew with a full budget and an open gate.
 */
public final class Accounts {
    static final int MOST = 10_000;
    /** Longer than any wait that an account can impose. */
    static final Duration KEPT = Duration.ofHours(2);

    private final int requestsPerSecond;
    private final InstantSource clock;
    private final ConnectionTimings timings;
    private final RandomGenerator random;
    private final Cache<String, Account> accounts;

    /**
     * @param requestsPerSecond the value of {@code ARTIFACTS_REQUESTS_PER_SECOND}, from 1 to 1000
     * @param clock the present
     * @param timings waits
     * @param random jitter; used by many threads
     * @throws IllegalArgumentException naming the variable, if the number is out of range
     */
    public Accounts(int requestsPerSecond, InstantSource clock, ConnectionTimings timings, RandomGenerator random) {
        if (requestsPerSecond < 1 || requestsPerSecond > 1000) {
            throw new IllegalArgumentException(
                    "ARTIFACTS_REQUESTS_PER_SECOND must be from 1 to 1000, not " + requestsPerSecond);
        }
        this.requestsPerSecond = requestsPerSecond;
        this.clock = new ForwardClock(clock);
        this.timings = timings;
        this.random = random;
        this.accounts = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(KEPT)
                .ticker(new ClockTime(this.clock)::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /**
     * @param token a token
     * @return its account
     */
    public Account of(BearerToken token) {
        return accounts.get(
                token.hash(),
                hash -> new Account(
                        new AccountLimiter(requestsPerSecond, clock, timings, random),
                        new TokenGate(clock, timings, random),
                        token.expiry().orElse(null)));
    }

    /** Those that are held, in no order. */
    Collection<Account> held() {
        return accounts.asMap().values();
    }

    /** Those of them that were used within a time, in no order: a token that was replaced is used no more. */
    Collection<Account> used(Duration within) {
        var uses = accounts.policy().expireAfterAccess().orElseThrow();
        return accounts.asMap().entrySet().stream()
                .filter(held -> uses.ageOf(held.getKey())
                        .filter(age -> age.compareTo(within) <= 0)
                        .isPresent())
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * @return about how many accounts are held
     */
    public long size() {
        accounts.cleanUp();
        return accounts.estimatedSize();
    }
}
