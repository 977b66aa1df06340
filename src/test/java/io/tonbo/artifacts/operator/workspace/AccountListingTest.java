package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.orchestrator.WorkspacePage;
import io.tonbo.artifacts.operator.orchestrator.WorkspaceState;
import io.tonbo.artifacts.operator.workspace.AccountListing.PageReader;
import io.tonbo.artifacts.operator.workspace.AccountListing.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AccountListingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final AccountListing listing = new AccountListing();
    private final List<String> asked = new ArrayList<>();

    private static WorkspacePage page(String next, RemoteWorkspace... rows) {
        return new WorkspacePage(List.of(rows), next, 0);
    }

    private static RemoteWorkspace row(String name) {
        return Remotes.remote(name, "active");
    }

    private WorkspacePage threePages(String cursor) {
        asked.add(String.valueOf(cursor));
        if (cursor == null) {
            return page("p2", row("a"));
        }
        return cursor.equals("p2") ? page("p3", row("b")) : page(null, row("c"));
    }

    @Test
    void allPagesMakeOneListThatServesUntilItIsTooOld() throws Exception {
        PageReader reader = (cursor, limit) -> threePages(cursor);

        Snapshot first = listing.since(NOW.minusSeconds(300), NOW, reader);
        assertThat(first.byName()).containsOnlyKeys("a", "b", "c");
        assertThat(first.asOf()).isEqualTo(NOW);
        assertThat(listing.handle()).isEqualTo("ada");

        assertThat(listing.since(NOW, NOW.plusSeconds(299), reader)).isSameAs(first);
        assertThat(asked).containsExactly("null", "p2", "p3");

        Instant later = NOW.plusSeconds(301);
        assertThat(listing.since(NOW.plusMillis(1), later, reader).asOf()).isEqualTo(later);
        assertThat(asked).hasSize(6);
    }

    @Test
    void anEmptyAccountHasNoHandleYet() throws Exception {
        assertThat(listing.since(NOW, NOW, (cursor, limit) -> page(null)).find("a"))
                .isEmpty();
        assertThat(listing.handle()).isNull();
    }

    @Test
    void aCursorThatDoesNotMoveEndsTheList() throws Exception {
        Snapshot list = listing.since(NOW, NOW, (cursor, limit) -> {
            asked.add(String.valueOf(cursor));
            return page("same", row("a" + asked.size()));
        });

        assertThat(list.byName()).containsOnlyKeys("a1", "a2");
    }

    @Test
    void cursorsThatGoRoundEndTheList() throws Exception {
        Snapshot list = listing.since(NOW, NOW, (cursor, limit) -> {
            asked.add(String.valueOf(cursor));
            return page("x".equals(cursor) ? "y" : "x", row("a" + asked.size()));
        });

        assertThat(list.byName()).containsOnlyKeys("a1", "a2", "a3");
    }

    @Test
    void aTombstoneDoesNotHideWhatHasItsNameNow() throws Exception {
        RemoteWorkspace dead = Remotes.remote("a", "old", "deleted", NOW);
        RemoteWorkspace live = Remotes.remote("a", "new", "active", NOW);

        Snapshot deadFirst = listing.since(NOW, NOW, (cursor, limit) -> page(null, dead, live));
        Snapshot liveFirst = new AccountListing().since(NOW, NOW, (cursor, limit) -> page(null, live, dead));
        Snapshot alone = new AccountListing().since(NOW, NOW, (cursor, limit) -> page(null, dead));

        assertThat(deadFirst.find("a")).contains(live);
        assertThat(liveFirst.find("a")).contains(live);
        assertThat(alone.find("a").orElseThrow().state()).isEqualTo(WorkspaceState.DELETED);
    }

    @Test
    void aBudgetThatRunsOutInTheMiddleGoesOnWhereItStopped() throws Exception {
        NotNow spent = new NotNow(NotNow.Why.RATE_LIMITED, Duration.ofSeconds(1));
        PageReader poor = (cursor, limit) -> {
            if ("p2".equals(cursor)) {
                throw spent;
            }
            return threePages(cursor);
        };
        assertThatThrownBy(() -> listing.since(NOW.minusSeconds(5), NOW, poor)).isSameAs(spent);

        Snapshot list = listing.since(NOW.minusSeconds(4), NOW.plusSeconds(1), (cursor, limit) -> threePages(cursor));

        assertThat(asked).containsExactly("null", "p2", "p3");
        assertThat(list.byName()).containsOnlyKeys("a", "b", "c");
        assertThat(list.asOf()).as("its first page is that old").isEqualTo(NOW);
    }

    @Test
    void theFirstPageTellsTheHandle() {
        NotNow spent = new NotNow(NotNow.Why.RATE_LIMITED, Duration.ofSeconds(1));
        assertThatThrownBy(() -> listing.since(NOW, NOW, (cursor, limit) -> {
                    if (cursor != null) {
                        throw spent;
                    }
                    return threePages(null);
                }))
                .isSameAs(spent);

        assertThat(listing.handle()).isEqualTo("ada");
    }

    @Test
    void whatWasReadBeforeOurOwnWriteIsNotGoneOnWith() throws Exception {
        NotNow spent = new NotNow(NotNow.Why.RATE_LIMITED, Duration.ofSeconds(1));
        assertThatThrownBy(() -> listing.since(NOW, NOW, (cursor, limit) -> {
                    if (cursor != null) {
                        throw spent;
                    }
                    return threePages(null);
                }))
                .isSameAs(spent);
        Instant written = NOW.plusSeconds(1);

        listing.since(written, NOW.plusSeconds(2), (cursor, limit) -> threePages(cursor));

        assertThat(asked).containsExactly("null", "null", "p2", "p3");
    }

    @Test
    void whileOneThreadReadsTheOthersAreSentAwayOneAfterAnother() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Snapshot> first = CompletableFuture.supplyAsync(() -> {
            try {
                return listing.since(NOW, NOW, (cursor, limit) -> {
                    reading.countDown();
                    awaitQuietly(goOn);
                    return threePages(cursor);
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        reading.await();

        Duration one = sentAway();
        Duration two = sentAway();
        assertThat(two).isGreaterThan(one);
        assertThat(asked).isEmpty();

        goOn.countDown();
        Snapshot read = first.get();
        assertThat(listing.since(NOW, NOW, (cursor, limit) -> {
                    throw new AssertionError("the list is there");
                }))
                .isSameAs(read);
    }

    private Duration sentAway() {
        try {
            listing.since(NOW, NOW, (cursor, limit) -> threePages(cursor));
            throw new AssertionError("two threads read one list");
        } catch (NotNow e) {
            assertThat(e.why()).isEqualTo(NotNow.Why.RATE_LIMITED);
            return e.waitTime();
        } catch (io.tonbo.artifacts.operator.orchestrator.OrchestratorException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
