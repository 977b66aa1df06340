package io.tonbo.artifacts.sandbox.trouble;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Provokes troubles in a running sandbox, and ends them. Whatever is asked for is done in the background: the steps of one
 * trouble one after another, those of different troubles side by side. Safe to use from several threads.
 */
public final class TroubleDesk implements AutoCloseable {
    private static final int SECONDS_TO_END = 10;

    private final Map<String, TroublePlay> plays = new LinkedHashMap<>();
    private final WatchedObjects watched;
    private final ExecutorService players;

    /**
     * @param parts what the troubles are made in
     */
    public TroubleDesk(SandboxParts parts) {
        watched = new WatchedObjects(parts);
        AtomicInteger number = new AtomicInteger();
        players = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "trouble-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        for (Script script : Troubles.scripts()) {
            plays.put(script.trouble().id(), new TroublePlay(parts, watched, script, players));
        }
    }

    /**
     * @return all that can be provoked, in the catalogue's order
     */
    public List<Trouble> troubles() {
        return plays.values().stream().map(TroublePlay::trouble).toList();
    }

    /**
     * Makes it happen; a second time it starts over, unless the first time has hardly begun. Returns at once. Where there is an
     * {@linkplain #obstacle obstacle} nothing happens but that {@link #error} tells it.
     *
     * @param id a trouble's
     * @throws IllegalArgumentException if there is none of that id
     */
    public void provoke(String id) {
        play(id).provoke();
    }

    /**
     * Ends the cause as a person would who follows the hint, and asks the operator to look. Returns at once. Does nothing to a
     * trouble that was not provoked, and nothing to one that was mended already, unless that failed: done twice, some remedies
     * would take away what the operator has made meanwhile.
     *
     * @param id a trouble's
     * @throws IllegalArgumentException if there is none of that id
     */
    public void mend(String id) {
        play(id).mend();
    }

    /**
     * Deletes all that belongs to it: objects, Secrets, buckets, faults, what the orchestrator keeps. Ends what is under way for
     * it. Returns at once. If something of that fails, {@link #error} tells it, the trouble stays {@link State#CLEARING}, and to
     * ask again tries the rest again.
     *
     * @param id a trouble's
     * @throws IllegalArgumentException if there is none of that id
     */
    public void clear(String id) {
        play(id).clear();
    }

    /**
     * @return how far each is, by its id, in the catalogue's order
     */
    public Map<String, State> states() {
        Map<String, State> states = new LinkedHashMap<>();
        plays.forEach((id, play) -> states.put(id, play.state()));
        return states;
    }

    /**
     * @param id a trouble's
     * @return what went wrong in the sandbox when it was played last, in words without credentials; empty if nothing did
     * @throws IllegalArgumentException if there is none of that id
     */
    public Optional<String> error(String id) {
        return play(id).error();
    }

    /**
     * @param id a trouble's
     * @return why it cannot be provoked in this sandbox, in a few words; empty if it can
     * @throws IllegalArgumentException if there is none of that id
     */
    public Optional<String> obstacle(String id) {
        return play(id).obstacle();
    }

    /**
     * Waits until all that was asked for of a trouble is done, or has failed.
     *
     * @param id a trouble's
     * @throws IllegalArgumentException if there is none of that id
     * @throws InterruptedException if interrupted
     */
    public void await(String id) throws InterruptedException {
        play(id).await();
    }

    private TroublePlay play(String id) {
        TroublePlay play = plays.get(id);
        if (play == null) {
            throw new IllegalArgumentException("there is no trouble " + id);
        }
        return play;
    }

    /** Ends what is under way; what was made stays. */
    @Override
    public void close() {
        players.shutdownNow();
        try {
            players.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        plays.values().forEach(TroublePlay::close);
        watched.close();
    }
}
