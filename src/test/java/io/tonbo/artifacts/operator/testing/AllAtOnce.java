package io.tonbo.artifacts.operator.testing;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Plays cases at the same time; how each ends is a test of its own. */
public final class AllAtOnce implements AutoCloseable {
    private static final long LONGEST_FAREWELL_SECONDS = 60;

    private final ExecutorService players;

    /** All of them. */
    public AllAtOnce() {
        this(Executors.newCachedThreadPool());
    }

    private AllAtOnce(ExecutorService players) {
        this.players = players;
    }

    /**
     * @param most how many are played at a time
     * @return for cases that are too heavy to be played all at once
     */
    public static AllAtOnce butAtMost(int most) {
        return new AllAtOnce(Executors.newFixedThreadPool(most));
    }

    /**
     * @param cases what to play; a case's text is the name of its test
     * @param play plays one, from beginning to end
     * @return a test for each, which waits for its end
     */
    public <C> Stream<DynamicTest> played(List<C> cases, Consumer<C> play) {
        record Playing(String name, Future<?> end) {}
        List<Playing> all = cases.stream()
                .map(each -> new Playing(each.toString(), players.submit(() -> play.accept(each))))
                .toList();
        return all.stream().map(playing -> DynamicTest.dynamicTest(playing.name(), () -> untilEnd(playing.end())));
    }

    private static void untilEnd(Future<?> end) throws Throwable {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    /** Interrupts what is still played, and waits for its end: it plays in a world that is closed next. */
    @Override
    public void close() {
        players.shutdownNow();
        try {
            if (!players.awaitTermination(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still played after " + LONGEST_FAREWELL_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
