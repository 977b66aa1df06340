package io.tonbo.artifacts.operator.workspace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tonbo.artifacts.operator.orchestrator.BearerToken;
import java.time.Duration;

/** The lists of all accounts, by token. Those that nobody asks for are dropped. */
final class AccountListings {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofHours(2);

    private final Cache<String, AccountListing> listings =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();

    AccountListing of(BearerToken token) {
        return listings.get(token.hash(), hash -> new AccountListing());
    }
}
