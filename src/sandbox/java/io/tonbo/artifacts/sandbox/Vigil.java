package io.tonbo.artifacts.sandbox;

import io.tonbo.artifacts.sandbox.kube.SupervisedProcess;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/** Looks after the processes that the sandbox cannot do without. */
final class Vigil {
    private final List<SupervisedProcess> processes = new CopyOnWriteArrayList<>();

    void over(SupervisedProcess process) {
        over(List.of(process));
    }

    void over(Collection<SupervisedProcess> more) {
        processes.addAll(more);
    }

    /**
     * @return of the first that has ended, with the end of its log; empty while all run
     */
    Optional<String> obituary() {
        return processes.stream()
                .filter(process -> !process.isAlive())
                .map(SupervisedProcess::obituary)
                .findFirst();
    }

    /**
     * Waits until one of them ends.
     *
     * @throws InterruptedException if interrupted
     */
    void awaitEnd() throws InterruptedException {
        try {
            CompletableFuture.anyOf(
                            processes.stream().map(SupervisedProcess::onExit).toArray(CompletableFuture<?>[]::new))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a process cannot be waited for", e.getCause());
        }
    }
}
