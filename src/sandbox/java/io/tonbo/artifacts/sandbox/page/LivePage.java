package io.tonbo.artifacts.sandbox.page;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Timer;
import java.util.TimerTask;

/** What the operator knows, in a browser, kept current by server-sent events; and the switches of the sandbox. */
public final class LivePage implements AutoCloseable {
    /** Where it is unless that port is taken. */
    public static final int PREFERRED_PORT = 7700;

    /** A state is sent at most this often. */
    static final Duration LOOK = Duration.ofMillis(250);

    private static final System.Logger LOG = System.getLogger(LivePage.class.getName());
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final ClusterView cluster;
    private final StateFeed feed;
    private final PageServer server;
    private final Timer beat;

    private LivePage(PageParts parts) {
        cluster = new ClusterView(parts.client(), parts.namespaces());
        StateAssembly assembly = new StateAssembly(cluster, parts.calls(), parts.switches());
        feed = new StateFeed(assembly::at, InstantSource.system());
        server = new PageServer(feed, parts.switches());
        beat = new Timer("live-page", true);
    }

    /**
     * Starts it. It does not wait for the Kubernetes API: what is there appears as it is known.
     *
     * @param parts what it is about
     * @param preferredPort on 127.0.0.1, such as {@link #PREFERRED_PORT}; another one if it is taken, any free one for 0
     * @return the page, being served
     * @throws IllegalStateException if it cannot be served at all
     */
    public static LivePage start(PageParts parts, int preferredPort) {
        LivePage page = new LivePage(parts);
        return page.begun(() -> page.server.listen(preferredPort));
    }

    /**
     * The same at the very port.
     *
     * @param parts what it is about
     * @param port on 127.0.0.1; any free one for 0
     * @return the page, being served
     * @throws IllegalStateException if the port cannot be had
     */
    public static LivePage startAt(PageParts parts, int port) {
        LivePage page = new LivePage(parts);
        return page.begun(() -> page.server.listenAt(port));
    }

    private LivePage begun(Runnable listening) {
        try {
            cluster.start();
            listening.run();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        every(LOOK, feed::look);
        every(HEARTBEAT, feed::heartbeat);
        return this;
    }

    private void every(Duration pause, Runnable work) {
        beat.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        guarded(work);
                    }
                },
                pause.toMillis(),
                pause.toMillis());
    }

    /** A beat that fails must not be the last one, whatever it was: a timer ends at what nobody catches. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.DEBUG, "the live page was not brought up to date", e);
        }
    }

    /**
     * @return its address, such as {@code http://127.0.0.1:7700/}
     */
    public URI url() {
        return server.url();
    }

    /** Ends it, with every connection. */
    @Override
    public void close() {
        beat.cancel();
        try {
            server.close();
        } finally {
            cluster.close();
        }
    }
}
