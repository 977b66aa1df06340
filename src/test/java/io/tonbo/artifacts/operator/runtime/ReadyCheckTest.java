package io.tonbo.artifacts.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** It goes on asking for as long as it may, and says what the last answer was. */
class ReadyCheckTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private HttpServer operator;

    @BeforeEach
    void listen() throws IOException {
        operator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        operator.createContext("/q/health/ready", exchange -> {
            int code = answers.size() > 1 ? answers.poll() : answers.peek();
            exchange.sendResponseHeaders(code, -1);
            exchange.close();
        });
        operator.start();
    }

    @AfterEach
    void stop() {
        operator.stop(0);
    }

    private int check(Duration patience) {
        return check("http://127.0.0.1:" + operator.getAddress().getPort() + "/q/health/ready", patience);
    }

    private int check(String url, Duration patience) {
        return new ReadyCheck(URI.create(url), patience).run(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anOperatorThatIsReadyIsSaidToBe() {
        answers.add(200);

        assertThat(check(Duration.ZERO)).isZero();
        assertThat(said()).contains("says that it is ready");
    }

    @Test
    void oneThatIsNotReadyYetIsAskedAgain() {
        answers.addAll(List.of(503, 200));

        assertThat(check(Duration.ofMinutes(1))).isZero();
    }

    @Test
    void oneThatIsNotReadyInTimeIsNot() {
        answers.add(503);

        assertThat(check(Duration.ZERO)).isEqualTo(1);
        assertThat(said()).contains("answers HTTP 503");
    }

    @Test
    void whereNobodyListensThatIsSaid() {
        operator.stop(0);

        assertThat(check(Duration.ZERO)).isEqualTo(1);
        assertThat(said()).contains("does not answer");
    }

    @Test
    void whatIsNoUrlIsSaidSoAtOnce() {
        assertThat(check("operator:8080/ready", Duration.ofMinutes(1))).isEqualTo(1);
        assertThat(said()).contains("operator:8080/ready is no URL of http or https");
    }
}
