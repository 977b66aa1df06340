package io.tonbo.artifacts.operator.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.redis.RedisCommand;
import io.tonbo.artifacts.sandbox.redis.RedisProxy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Looks for secrets in all that an operator puts out: log lines with their exceptions, objects and events as kubectl shows
 * them, metrics. Open it before the operator starts; plant what must not be found; search at the end.
 */
public final class OutputSearch implements AutoCloseable {
    /** Shorter ones would be found by chance. */
    private static final int SHORTEST = 8;

    private static final String OURS = "io.tonbo.artifacts.operator";
    private static final List<String> KINDS = List.of(
            "workspaces.artifacts.tonbo.io",
            "mountsessions.artifacts.tonbo.io",
            "events.events.k8s.io",
            "configmaps",
            "leases.coordination.k8s.io");

    private final StringBuilder log = new StringBuilder();
    private final Map<String, String> planted = new ConcurrentHashMap<>();
    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger(OURS);
    private final Level levelBefore = ours.getLevel();
    private final Handler handler = new Capture();

    private OutputSearch() {
        handler.setLevel(Level.ALL);
        ours.setLevel(Level.ALL);
        root.addHandler(handler);
    }

    /**
     * Listens from now on; the operator's own loggers at their most talkative.
     *
     * @return the search
     */
    public static OutputSearch listen() {
        return new OutputSearch();
    }

    private final class Capture extends Handler {
        @Override
        public void publish(LogRecord line) {
            StringWriter text = new StringWriter();
            PrintWriter out = new PrintWriter(text);
            out.println(line.getLoggerName() + " " + new SimpleFormatter().formatMessage(line));
            if (line.getThrown() != null) {
                line.getThrown().printStackTrace(out);
            }
            synchronized (log) {
                log.append(text);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /**
     * @param what the secret's name, for the failure
     * @param secret the secret itself; too short a one is refused
     */
    public void plant(String what, String secret) {
        if (secret == null || secret.length() < SHORTEST) {
            throw new IllegalArgumentException(what + " is too short to be searched for");
        }
        planted.put(secret, what);
        planted.put(Base64.getEncoder().encodeToString(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8)), what);
        String[] parts = secret.split("\\.", -1);
        if (parts.length == 3 && parts[2].length() >= SHORTEST) {
            planted.put(parts[2], "the signature of " + what);
        }
    }

    /**
     * Plants every password that a client used at a metadata Redis: what the orchestrator had handed out.
     *
     * @param proxy what all clients went through
     * @return how many different passwords there were
     */
    public int plantPasswords(RedisProxy proxy) {
        Set<String> passwords = ConcurrentHashMap.newKeySet();
        for (RedisCommand command : proxy.answered()) {
            List<String> words = new ArrayList<>(command.arguments());
            if (command.name().equals("AUTH") && !words.isEmpty()) {
                passwords.add(words.get(words.size() - 1));
            } else if (command.name().equals("HELLO") && words.size() >= 4) {
                passwords.add(words.get(3));
            }
        }
        passwords.forEach(password -> plant("a metadata password", password));
        return passwords.size();
    }

    /**
     * @param cluster whose objects and events are searched, Secrets excepted
     * @param meters the operator's metrics
     * @throws AssertionError naming each secret that was found and where, never the secret itself
     */
    public void assertNothingFound(KubeCluster cluster, SimpleMeterRegistry meters) {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("the log", logged());
        places.put("the metrics", meters.getMetersAsString());
        for (String kind : KINDS) {
            places.put(kind, cluster.kubectl("get", kind, "-A", "-o", "yaml").orFail());
        }
        if (planted.isEmpty() || logged().isEmpty() || !places.get(KINDS.get(0)).contains("kind: Workspace")) {
            throw new AssertionError("nothing was planted, logged or applied: this search proves nothing");
        }
        List<String> found = new ArrayList<>();
        places.forEach((place, text) -> planted.forEach((secret, what) -> {
            int at = text.indexOf(secret);
            if (at >= 0) {
                int line = text.lastIndexOf('\n', at) + 1;
                found.add(what + " in " + place + ", behind: " + text.substring(line, at));
            }
        }));
        if (!found.isEmpty()) {
            throw new AssertionError("secrets were put out:\n" + String.join("\n", found));
        }
    }

    private String logged() {
        synchronized (log) {
            return log.toString();
        }
    }

    /** Stops listening. */
    @Override
    public void close() {
        root.removeHandler(handler);
        ours.setLevel(levelBefore);
    }
}
