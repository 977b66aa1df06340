package io.tonbo.artifacts.sandbox.orchestrator;

import java.util.List;
import java.util.Optional;

/** What reads are answered from: the store, or an older image of it. */
interface WorkspaceReader {
    Optional<StoredWorkspace> find(String handle, String name);

    /** Rows in the order of their numbers, at most {@code limit}, with numbers above {@code after}. */
    List<StoredWorkspace> page(String handle, long after, int limit, boolean withDeleted);
}
