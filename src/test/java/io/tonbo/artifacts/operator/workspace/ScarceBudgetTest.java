package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.orchestrator.ReserveAnswer;
import io.tonbo.artifacts.operator.orchestrator.ReserveRequest;
import io.tonbo.artifacts.operator.orchestrator.WorkspacePage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Somebody wants to know for certain whether there is a workspace, and may make one request at each attempt. */
class ScarceBudgetTest {
    private static final Instant NOW = Remotes.CREATED;

    private final AccountListing listing = new AccountListing();
    private final List<String> calls = new ArrayList<>();
    private final Findings found = new Findings();

    /** An account with pages of what it owns; a cursor is the next page's number. */
    private final class Account implements AccountCalls {
        private final List<List<RemoteWorkspace>> pages;
        private int permits;

        /** Each page is the names on it, with blanks between. */
        Account(String... pages) {
            this.pages = Stream.of(pages).map(ScarceBudgetTest::rows).toList();
        }

        private void spend(String call) throws NotNow {
            if (permits-- <= 0) {
                throw new NotNow(NotNow.Why.RATE_LIMITED, Duration.ofSeconds(1));
            }
            calls.add(call);
        }

        @Override
        public WorkspacePage list(String cursor, int limit) throws NotNow {
            int page = cursor == null ? 0 : Integer.parseInt(cursor);
            spend("page " + page);
            return new WorkspacePage(pages.get(page), page + 1 < pages.size() ? Integer.toString(page + 1) : null, 0);
        }

        @Override
        public Optional<RemoteWorkspace> get(String handle, String name) throws NotNow {
            spend("get " + handle + "/" + name);
            return pages.stream()
                    .flatMap(List::stream)
                    .filter(row -> row.name().equals(name))
                    .findFirst();
        }

        @Override
        public AccountListing listing() {
            return listing;
        }

        @Override
        public Duration serverAhead() {
            return Duration.ZERO;
        }

        @Override
        public ReserveAnswer reserve(ReserveRequest request, String key) {
            throw new AssertionError();
        }

        @Override
        public RemoteWorkspace confirmFormat(RemoteWorkspace workspace, String key) {
            throw new AssertionError();
        }

        @Override
        public void delete(RemoteWorkspace workspace, String key) {
            throw new AssertionError();
        }

        /** Attempts a second apart, each by a pass of its own, until one knows. */
        void attempt(int times) throws Exception {
            RemoteSteps steps = new RemoteSteps(
                    this,
                    new WorkspaceView(Remotes.workspace("files")),
                    new WorkspaceMemory(),
                    found,
                    Duration.ofMinutes(5));
            for (int attempt = 0; attempt < times && !found.looked; attempt++) {
                permits = 1;
                try {
                    steps.confirm(NOW.plusSeconds(attempt));
                } catch (NotNow e) {
                    assertThat(found.looked).isFalse();
                }
            }
        }
    }

    private static List<RemoteWorkspace> rows(String names) {
        return Stream.of(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> Remotes.remote(name, "active"))
                .toList();
    }

    @Test
    void aLongListNeedNotEndForOneWorkspaceToBeAskedFor() throws Exception {
        new Account("a", "b", "c", "files").attempt(10);

        assertThat(calls).containsExactly("page 0", "get ada/files");
        assertThat(found.remote.name()).isEqualTo("files");
        assertThat(found.confirmed).isTrue();
    }

    @Test
    void aListWhosePagesAreEmptyAtFirstIsGoneOnWith() throws Exception {
        new Account("", "", "a", "b").attempt(10);

        assertThat(calls).containsExactly("page 0", "page 1", "page 2", "get ada/files");
        assertThat(found.looked).isTrue();
        assertThat(found.remote).isNull();
    }

    @Test
    void aListOfOnePageIsTheAnswerItself() throws Exception {
        new Account("a files").attempt(1);

        assertThat(calls).containsExactly("page 0");
        assertThat(found.remote.name()).isEqualTo("files");
    }

    @Test
    void anAccountThatOwnedNothingIsListedAgain() throws Exception {
        listing.since(NOW.minusSeconds(60), NOW.minusSeconds(60), (cursor, limit) -> {
            return new WorkspacePage(List.of(), null, 0);
        });

        new Account("files").attempt(1);

        assertThat(calls).containsExactly("page 0");
        assertThat(found.remote.name()).isEqualTo("files");
    }
}
