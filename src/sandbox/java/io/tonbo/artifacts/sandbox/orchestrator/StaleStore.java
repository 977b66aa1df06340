package io.tonbo.artifacts.sandbox.orchestrator;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The workspaces of all accounts as they were at one moment. */
record StaleStore(List<StoredWorkspace> workspaces) implements WorkspaceReader {
    StaleStore {
        workspaces = workspaces.stream()
                .sorted(Comparator.comparingLong(StoredWorkspace::number))
                .toList();
    }

    @Override
    public Optional<StoredWorkspace> find(String handle, String name) {
        return workspaces.stream()
                .filter(w -> w.handle().equals(handle) && w.name().equals(name))
                .reduce((older, newer) -> newer);
    }

    @Override
    public List<StoredWorkspace> page(String handle, long after, int limit, boolean withDeleted) {
        return workspaces.stream()
                .filter(w -> w.handle().equals(handle) && w.number() > after)
                .filter(w -> withDeleted || w.state() != WorkspaceState.DELETED)
                .limit(limit)
                .toList();
    }
}
