package io.tonbo.artifacts.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.Scrape;
import io.tonbo.artifacts.operator.testing.SessionScene;
import io.tonbo.artifacts.operator.testing.WorkspaceScene;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Many objects, half of them Workspaces. Each kind has some that are suspended, some that lack something, and some that work,
 * the first of each among the first ten.
 */
final class Crowd {
    /** Of so many objects, two work: a Workspace and a MountSession. */
    private static final int EVERY = 50;

    private static final int HANDS = 16;

    private final WorkspaceScene workspaces;
    private final SessionScene sessions;
    private final String bucket;
    private final String served;
    private int size;

    /**
     * @param bucket of the Workspaces
     * @param served name of the Workspace that the MountSessions are for
     */
    Crowd(WorkspaceScene workspaces, SessionScene sessions, String bucket, String served) {
        this.workspaces = workspaces;
        this.sessions = sessions;
        this.bucket = bucket;
        this.served = served;
    }

    /** Applies so many more that there are that many, sixteen at a time. */
    void grow(int to) throws InterruptedException, ExecutionException {
        ExecutorService hands = Executors.newFixedThreadPool(HANDS);
        try {
            CompletableFuture.allOf(IntStream.range(size, to)
                            .mapToObj(i -> CompletableFuture.runAsync(() -> apply(i), hands))
                            .toArray(CompletableFuture<?>[]::new))
                    .get();
        } finally {
            hands.shutdownNow();
        }
        size = to;
    }

    private void apply(int i) {
        String name = "crowd-" + i;
        boolean works = i % EVERY < 2;
        boolean suspended = i % 4 < 2 && !works;
        if (i % 2 == 0) {
            workspaces.apply(name, bucket, spec -> {
                spec.setSuspend(suspended);
                if (!works) {
                    spec.getConnectionSecretRef().setName("absent");
                }
            });
        } else {
            sessions.apply(name, works ? served : "absent", spec -> spec.setSuspend(suspended));
        }
    }

    /**
     * That the operator has seen all of it, and is done.
     *
     * @param otherWorkspaces how many there are beside; one of them works
     * @param otherSessions how many there are beside; one of them works
     */
    void assertSettled(Scrape scrape, int otherWorkspaces, int otherSessions) {
        int half = (size + 1) / 2;
        double working = 1 + (size + EVERY - 1) / EVERY;
        assertSettled(scrape, "Workspace", otherWorkspaces + half);
        assertSettled(scrape, "MountSession", otherSessions + size - half);
        assertThat(scrape.value("artifacts_objects", "kind=Workspace", "state=ready", "reason=Active"))
                .contains(working);
        assertThat(scrape.value("artifacts_objects", "kind=MountSession", "state=ready", "reason=CredentialPublished"))
                .contains(working);
    }

    private static void assertSettled(Scrape scrape, String kind, double objects) {
        assertThat(scrape.of("artifacts_objects", "kind=" + kind).stream()
                        .filter(sample -> !sample.labels().get("state").equals("unseen"))
                        .mapToDouble(Scrape.Sample::value)
                        .sum())
                .isEqualTo(objects);
        assertThat(scrape.value("artifacts_reconcile_active", "kind=" + kind)).contains(0.0);
    }
}
