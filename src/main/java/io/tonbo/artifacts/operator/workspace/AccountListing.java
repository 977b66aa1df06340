package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.orchestrator.WorkspacePage;
import io.tonbo.artifacts.operator.orchestrator.WorkspaceState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one account owns, as the orchestrator last listed it: one list serves all of the account's Workspaces. A page costs
 * a permit, and where there is none the list goes on at the next attempt instead of starting again.
 */
final class AccountListing {
    /** A page of at most this many rows is asked for; the server may give fewer. */
    static final int PAGE = 500;

    /** When to come back while another thread reads the list: the first, and each one after it a moment later. */
    private static final Duration BUSY = Duration.ofMillis(200);

    private static final Duration APART = Duration.ofMillis(2);

    /** Reads one page; may refuse for lack of budget. */
    interface PageReader {
        WorkspacePage read(String cursor, int limit) throws OrchestratorException, NotNow;
    }

    /**
     * One complete list.
     *
     * @param asOf when its first page was asked for: anything written since then may be missing
     * @param byName what there is
     */
    record Snapshot(Instant asOf, Map<String, RemoteWorkspace> byName) {
        Optional<RemoteWorkspace> find(String name) {
            return Optional.ofNullable(byName.get(name));
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private volatile Snapshot latest;
    private Map<String, RemoteWorkspace> partial;
    private Instant partialAsOf;
    private String cursor;
    private final Set<String> cursors = new HashSet<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile String handle;

    /**
     * @return the account's handle as far as it was ever seen, or null
     */
    String handle() {
        return handle;
    }

    void learnHandle(String seen) {
        handle = seen;
    }

    /**
     * @param notBefore how old the list may be
     * @param now the time
     * @param reader reads a page
     * @return a list from no earlier than that
     * @throws OrchestratorException if a page is refused
     * @throws NotNow if there is no budget for a page, or another thread is reading the list
     */
    Snapshot since(Instant notBefore, Instant now, PageReader reader) throws OrchestratorException, NotNow {
        Snapshot known = latest;
        if (known != null && !known.asOf().isBefore(notBefore)) {
            return known;
        }
        if (!lock.tryLock()) {
            throw new NotNow(NotNow.Why.RATE_LIMITED, BUSY.plus(APART.multipliedBy(waiting.getAndIncrement())));
        }
        try {
            waiting.set(0);
            known = latest;
            return known != null && !known.asOf().isBefore(notBefore) ? known : read(notBefore, now, reader);
        } finally {
            lock.unlock();
        }
    }

    private Snapshot read(Instant notBefore, Instant now, PageReader reader) throws OrchestratorException, NotNow {
        if (partial == null || partialAsOf.isBefore(notBefore)) {
            partial = new HashMap<>();
            partialAsOf = now;
            cursor = null;
            cursors.clear();
        }
        boolean more;
        do {
            WorkspacePage page = page(reader);
            // Of the first page at once: with it a single workspace can be asked for, however long the list still
            // takes.
            page.workspaces().stream().findFirst().ifPresent(row -> handle = row.handle());
            // A tombstone may be listed beside the workspace that has its name now.
            page.workspaces()
                    .forEach(row -> partial.merge(
                            row.name(), row, (one, other) -> other.state() == WorkspaceState.DELETED ? one : other));
            // A cursor that was there before would never end.
            more = page.nextCursor() != null && cursors.add(page.nextCursor());
            cursor = page.nextCursor();
        } while (more);
        Snapshot complete = new Snapshot(partialAsOf, Map.copyOf(partial));
        latest = complete;
        partial = null;
        return complete;
    }

    /** A cursor may be refused, having been given out too long ago: then the list starts again. */
    private WorkspacePage page(PageReader reader) throws OrchestratorException, NotNow {
        try {
            return reader.read(cursor, PAGE);
        } catch (OrchestratorException e) {
            if (!e.outage() && e.httpStatus() != 429) {
                partial = null;
            }
            throw e;
        }
    }
}
