package io.tonbo.artifacts.operator.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An HTTP proxy, given by the Java platform's system properties, sees a tunnel and no more. */
class OrchestratorProxyTest {
    private static final String[] PROPERTIES = {"https.proxyHost", "https.proxyPort", "http.nonProxyHosts"};

    @TempDir
    private static Path directory;

    private static TestCertificates certificates;
    private static TrustMaterial trust;

    private final Map<String, String> before = new HashMap<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = TestCertificates.in(directory).server("good", "-ext", "san=ip:127.0.0.1");
        trust = TrustMaterial.withExtraAuthorities(certificates.authorityFile());
    }

    @BeforeEach
    void keepProperties() {
        for (String property : PROPERTIES) {
            before.put(property, System.getProperty(property));
        }
    }

    @AfterEach
    void restoreProperties() {
        before.forEach((property, value) -> {
            if (value == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }

    private static void use(LoopbackServer proxy) {
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", Integer.toString(proxy.port()));
        System.setProperty("http.nonProxyHosts", "");
    }

    private static void delete(LoopbackServer orchestrator) throws Exception {
        try (OrchestratorClient client =
                new OrchestratorClient(new OrchestratorAddress(orchestrator.uri()), trust, ClientTimeouts.DEFAULT)) {
            client.delete(BearerToken.parse("art_secret"), "ada", "notes", null, "k");
        }
    }

    /** Opens a tunnel and carries the orchestrator's side of it; the test server carries ours. */
    private static LoopbackServer.Answer tunnel(LoopbackServer target) {
        return (request, out) -> {
            out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new LoopbackServer.Tunnel(new Socket(InetAddress.getLoopbackAddress(), target.port()));
        };
    }

    @Test
    void a_call_goes_through_the_tunnel_and_the_token_stays_inside() throws Exception {
        try (LoopbackServer orchestrator =
                        LoopbackServer.overTls(certificates.context("good"), LoopbackServer.json(204, ""));
                LoopbackServer proxy = LoopbackServer.answering(tunnel(orchestrator))) {
            use(proxy);

            delete(orchestrator);

            assertThat(orchestrator.onlyRequest().headers()).containsEntry("authorization", "Bearer art_secret");
            assertThat(proxy.onlyRequest().method() + " " + proxy.onlyRequest().target())
                    .isEqualTo("CONNECT 127.0.0.1:" + orchestrator.port());
            assertThat(proxy.requests().toString()).doesNotContain("art_secret");
        }
    }

    @ParameterizedTest
    @CsvSource({"204", "201", "404", "407", "502", "302"})
    void what_a_proxy_answers_is_never_taken_for_the_orchestrators_word(int status) throws Exception {
        try (LoopbackServer orchestrator =
                        LoopbackServer.overTls(certificates.context("good"), LoopbackServer.json(204, ""));
                LoopbackServer proxy = LoopbackServer.answering(status, "{\"code\":\"workspace_not_found\"}")) {
            use(proxy);

            OrchestratorException e = catchThrowableOfType(OrchestratorException.class, () -> delete(orchestrator));

            assertThat(e).isNotNull().hasMessageContaining("proxy");
            assertThat(e.code()).isEqualTo("orchestrator_unreachable");
            assertThat(e.httpStatus()).isZero();
            assertThat(orchestrator.requests()).isEmpty();
            assertThat(proxy.requests().toString()).doesNotContain("art_secret");
        }
    }

    @Test
    void hosts_excepted_from_the_proxy_are_called_directly() throws Exception {
        try (LoopbackServer orchestrator =
                        LoopbackServer.overTls(certificates.context("good"), LoopbackServer.json(204, ""));
                LoopbackServer proxy = LoopbackServer.answering(502, "{}")) {
            use(proxy);
            System.setProperty("http.nonProxyHosts", "127.*");

            delete(orchestrator);

            assertThat(proxy.requests()).isEmpty();
            assertThat(orchestrator.requests()).hasSize(1);
        }
    }
}
