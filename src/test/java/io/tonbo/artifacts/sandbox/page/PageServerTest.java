package io.tonbo.artifacts.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's HTTP: what it serves, and whom it refuses. */
@Timeout(60)
class PageServerTest extends ServedPage {
    /** A browser's or a stranger's own Host, which Java's client does not let one choose. */
    private String statusFor(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
            String whole =
                    request.replace("PORT", String.valueOf(server.url().getPort())) + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(whole.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(9, 12);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/page.css, text/css",
        "/app.js, text/javascript",
        "/lib/lit-html.js, text/javascript",
        "/lib/directives/repeat.js, text/javascript",
        "/favicon.svg, image/svg+xml"
    })
    void servesItsFilesAndItsLibraryFromTheClassPath(String path, String type) throws Exception {
        HttpResponse<String> answer = send("GET", path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(answer.body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/state", "/nowhere", "/app.js"})
    void allowsABrowserNothingButThePageItself(String path) throws Exception {
        var headers = send("GET", path).headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .contains("require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET, /nowhere, 404",
        "GET, /../pom.xml, 404",
        "GET, /package-info.class, 404",
        "POST, /, 405",
        "DELETE, /api/state, 405",
        "GET, /api/troubles/bucket-not-found/provoke, 405",
        "POST, /api/troubles/bucket-not-found/explode, 404",
        "POST, /api/troubles/no-such-trouble/provoke, 404",
        "POST, /api/troubles/bucket-not-found/provoke, 202"
    })
    void answersWhatItDoesNotServe(String method, String path, int status) throws Exception {
        assertThat(send(method, path).statusCode()).isEqualTo(status);
    }

    @Test
    void playsTroubles() throws Exception {
        for (String action : List.of("provoke", "mend", "clear")) {
            send("POST", "/api/troubles/bucket-not-found/" + action);
        }
        assertThat(played)
                .containsExactly("PROVOKE bucket-not-found", "MEND bucket-not-found", "CLEAR bucket-not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:PORT, 200",
        "localhost:PORT, 200",
        "[::1]:PORT, 403",
        "127.0.0.1, 403",
        "localhost:1, 403",
        "sandbox.example.com:PORT, 403",
        "127.0.0.1.example.com:PORT, 403",
        "localhost:PORT.example.com, 403"
    })
    void refusesWhoeverCallsItByAnotherName(String host, String status) throws Exception {
        for (String path : List.of("/", "/api/state", "/app.js")) {
            assertThat(statusFor("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"))
                    .isEqualTo(status);
        }
    }

    @Test
    void refusesARequestThatNamesNoHostOrSpeaksForAnotherSite() throws Exception {
        String play = "POST /api/troubles/bucket-not-found/provoke HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n";
        assertThat(statusFor("GET /api/state HTTP/1.0\r\n")).isEqualTo("403");
        assertThat(statusFor(play + "Origin: https://example.com\r\n")).isEqualTo("403");
        assertThat(statusFor(play + "Origin: null\r\n")).isEqualTo("403");
        assertThat(statusFor(play + "Origin: http://127.0.0.1:1\r\n")).isEqualTo("403");
        assertThat(statusFor(play + "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"))
                .isEqualTo("403");
        assertThat(statusFor("GET /api/state HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nSec-Fetch-Site: cross-site\r\n"))
                .isEqualTo("403");
        assertThat(played).isEmpty();
        assertThat(
                        statusFor(
                                "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"))
                .as("a link from elsewhere, followed by a person")
                .isEqualTo("200");
        assertThat(statusFor(play + "Origin: http://localhost:PORT\r\n")).isEqualTo("202");
    }

    @Test
    void theStateCanBeReadOnce() throws Exception {
        state.set(calls(7));
        HttpResponse<String> answer = send("GET", "/api/state");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(new ObjectMapper()
                        .readTree(answer.body())
                        .at("/state/callCount")
                        .longValue())
                .isEqualTo(7);
    }

    @Test
    void goesToAnotherPortWhenThePreferredOneIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PageServer other = new PageServer(feed, new NoSwitches());
            other.listen(taken.getLocalPort());
            assertThat(other.url().getPort()).isNotIn(taken.getLocalPort(), 0);
            other.close();
        }
    }

    @Test
    void thePortThatWasAskedForIsNotReplaced() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PageServer other = new PageServer(feed, new NoSwitches());
            assertThatThrownBy(() -> other.listenAt(taken.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use");
            other.close();
        }
    }

    @Test
    void isToBeHadAtThisOneAddressOnly() {
        assertThat(server.url().getHost()).isEqualTo("127.0.0.1");
        InetSocketAddress elsewhere =
                new InetSocketAddress("127.0.0.2", server.url().getPort());
        assertThatThrownBy(() -> {
                    try (Socket other = new Socket()) {
                        other.connect(elsewhere, 2_000);
                    }
                })
                .as("another address of this machine")
                .isInstanceOf(IOException.class);
    }
}
