package io.tonbo.artifacts.operator.runtime;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Asks an operator that runs elsewhere whether it is ready: what {@code helm test} runs in the cluster. */
final class ReadyCheck {
    /** The program's argument; the URL to ask follows it. */
    static final String ARGUMENT = "--check-ready";

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int OK = 200;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI url;
    private final Duration patience;

    /**
     * @param url such as {@code http://artifacts-operator.artifacts-system.svc:8080/q/health/ready}
     * @param patience how long to go on asking
     */
    ReadyCheck(URI url, Duration patience) {
        this.url = url;
        this.patience = patience;
    }

    /**
     * @param out where it says what was answered
     * @return exit code: 0 if the operator is ready, 1 if it is not
     */
    int run(PrintStream out) {
        if (!SCHEMES.contains(String.valueOf(url.getScheme()))) {
            out.println("artifacts-operator: " + url + " is no URL of http or https");
            return 1;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        String answer = ask();
        while (!answer.isEmpty() && System.nanoTime() < deadline && paused()) {
            answer = ask();
        }
        out.println("artifacts-operator: " + url + (answer.isEmpty() ? " says that it is ready" : answer));
        return answer.isEmpty() ? 0 : 1;
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What is wrong; empty if nothing is. */
    private String ask() {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setConnectTimeout((int) TIMEOUT.toMillis());
            connection.setReadTimeout((int) TIMEOUT.toMillis());
            try {
                int code = connection.getResponseCode();
                return code == OK ? "" : " answers HTTP " + code;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return " does not answer: " + e.getMessage();
        }
    }
}
