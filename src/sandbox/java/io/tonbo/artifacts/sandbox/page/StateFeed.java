package io.tonbo.artifacts.sandbox.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Server-sent events: the whole state to whoever listens, when it has changed, as often as it is {@linkplain #look() looked at}
 * and not more often. Who comes late or back gets the present state at once. Who reads slowly misses states in between, never
 * the last one. Safe to use from several threads.
 */
final class StateFeed {
    /** How many may listen at a time. */
    static final int LISTENERS = 32;

    /** How long a browser waits before it comes back. */
    static final Duration RETRY = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(StateFeed.class.getName());

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Function<Instant, PageState> states;
    private final InstantSource clock;
    private final List<Listener> listeners = new ArrayList<>();
    private PageState latest;
    private boolean failing;
    private long number;
    private String message = "";

    /** One connection, and the number of the state it got last. */
    private static final class Listener {
        private final HttpServerResponse response;
        private long sent;

        private Listener(HttpServerResponse response) {
            this.response = response;
        }

        private void send(long number, String message) {
            if (sent != number && !response.writeQueueFull()) {
                sent = number;
                response.write(message);
            }
        }
    }

    /**
     * @param states what there is to see at a time
     * @param clock the time
     */
    StateFeed(Function<Instant, PageState> states, InstantSource clock) {
        this.states = states;
        this.clock = clock;
    }

    /**
     * @return the state now, as it is sent
     */
    String json() {
        Instant now = clock.instant();
        return write(new PageState.Frame(now, states.apply(now), false));
    }

    /**
     * Sends the present state, with the present time, and from now on every other.
     *
     * @param response with its headers set; ended by whoever asked, or by {@link #close()}
     * @return whether there was room
     */
    synchronized boolean add(HttpServerResponse response) {
        if (listeners.size() >= LISTENERS) {
            return false;
        }
        Listener listener = new Listener(response);
        listeners.add(listener);
        response.closeHandler(closed -> remove(listener));
        response.exceptionHandler(failure -> remove(listener));
        response.setChunked(true);
        response.write("retry: " + RETRY.toMillis() + "\n\n");
        refresh();
        listener.send(number, message(clock.instant()));
        return true;
    }

    private synchronized void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** Looks at what there is, and tells it if that is news. Does nothing while nobody listens. */
    synchronized void look() {
        if (!listeners.isEmpty()) {
            refresh();
            listeners.forEach(listener -> listener.send(number, message));
        }
    }

    /** A comment to each, so that what lies between does not take a quiet connection for a dead one. */
    synchronized void heartbeat() {
        listeners.forEach(listener -> listener.response.write(": here\n\n"));
    }

    /** What cannot be found out does not end the connections: they tell that it is so. */
    private void refresh() {
        Instant now = clock.instant();
        PageState state = latest;
        boolean failed = false;
        try {
            state = states.apply(now);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.DEBUG, "the live page cannot be brought up to date", e);
            failed = true;
        }
        if (number == 0 || failed != failing || !Objects.equals(state, latest)) {
            latest = state;
            failing = failed;
            number++;
            message = message(now);
        }
    }

    private String message(Instant now) {
        // JSON without line breaks is one line of data.
        return "id: " + number + "\ndata: " + write(new PageState.Frame(now, latest, failing)) + "\n\n";
    }

    private static String write(PageState.Frame frame) {
        try {
            return JSON.writeValueAsString(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the state cannot be written", e);
        }
    }

    /** Ends every connection. */
    synchronized void close() {
        listeners.forEach(listener -> listener.response.end());
        listeners.clear();
    }
}
