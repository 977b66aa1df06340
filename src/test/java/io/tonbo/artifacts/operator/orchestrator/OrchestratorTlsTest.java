package io.tonbo.artifacts.operator.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server must prove who it is: real handshakes with certificates of our own. */
class OrchestratorTlsTest {
    private static final String EMPTY_LIST = "{\"workspaces\":[]}";

    @TempDir
    private static Path directory;

    private static TestCertificates certificates;
    private static TrustMaterial trust;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = TestCertificates.in(directory)
                .server("good", "-ext", "san=ip:127.0.0.1,dns:localhost", "-validity", "10")
                .server("elsewhere", "-ext", "san=dns:elsewhere.example.com", "-validity", "10")
                .server("expired", "-ext", "san=ip:127.0.0.1", "-startdate", "-20d", "-validity", "10")
                .server("future", "-ext", "san=ip:127.0.0.1", "-startdate", "+5d", "-validity", "10");
        trust = TrustMaterial.withExtraAuthorities(certificates.authorityFile());
    }

    private static void list(LoopbackServer server, TrustMaterial trust) throws Exception {
        try (OrchestratorClient client = new OrchestratorClient(
                new OrchestratorAddress(server.uri()),
                trust,
                new ClientTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10)))) {
            client.list(BearerToken.parse("art_secret"), null, 10);
        }
    }

    private static OrchestratorException failure(String certificate, TrustMaterial trust) throws Exception {
        try (LoopbackServer server =
                LoopbackServer.overTls(certificates.context(certificate), LoopbackServer.json(200, EMPTY_LIST))) {
            OrchestratorException e = catchThrowableOfType(OrchestratorException.class, () -> list(server, trust));
            assertThat(server.requests())
                    .as("nothing is sent to a server that is not proven")
                    .isEmpty();
            assertThat(e).isNotNull();
            assertThat(e.transport()).isTrue();
            assertThat(e.httpStatus()).isZero();
            return e;
        }
    }

    @Test
    void a_server_vouched_for_by_the_extra_authority_is_talked_to() throws Exception {
        try (LoopbackServer server =
                LoopbackServer.overTls(certificates.context("good"), LoopbackServer.json(200, EMPTY_LIST))) {
            list(server, trust);

            assertThat(server.onlyRequest().headers()).containsEntry("authorization", "Bearer art_secret");
        }
    }

    @Test
    void without_the_extra_authority_the_same_server_is_refused_and_the_way_out_named() throws Exception {
        OrchestratorException e = failure("good", TrustMaterial.system());

        assertThat(e.code()).isEqualTo("tls_failure");
        assertThat(e).hasMessageContaining("127.0.0.1:").hasMessageContaining("ARTIFACTS_CA_FILE");
    }

    @Test
    void a_certificate_for_another_host_is_refused() throws Exception {
        OrchestratorException e = failure("elsewhere", trust);

        assertThat(e.code()).isEqualTo("tls_failure");
        assertThat(e).hasMessageContaining("127.0.0.1");
    }

    @Test
    void a_certificate_that_has_expired_or_is_not_valid_yet_is_refused_and_says_so() throws Exception {
        assertThat(failure("expired", trust)).hasMessageContaining("expired");
        assertThat(failure("future", trust)).hasMessageContaining("not valid yet");
    }

    @Test
    void a_server_that_speaks_no_tls_is_a_tls_failure() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> greetInPlain(plain));
            OrchestratorAddress address = OrchestratorAddress.parse("https://127.0.0.1:" + plain.getLocalPort());
            try (OrchestratorClient client = new OrchestratorClient(address, trust, ClientTimeouts.DEFAULT)) {
                OrchestratorException e = catchThrowableOfType(
                        OrchestratorException.class, () -> client.list(BearerToken.parse("art_secret"), null, 1));

                assertThat(e.code()).isEqualTo("tls_failure");
                assertThat(heard.get(10, TimeUnit.SECONDS)).isNotEmpty().doesNotContain("art_secret");
            }
        }
    }

    private static String greetInPlain(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            byte[] heard = new byte[8192];
            int length = socket.getInputStream().read(heard);
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(heard, 0, length, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_platforms_own_authorities_stay_trusted_beside_the_extra_one() {
        assertThat(trust.trustManager().getAcceptedIssuers())
                .hasSize(TrustMaterial.system().trustManager().getAcceptedIssuers().length + 1);
    }

    @Test
    void a_bundle_may_hold_several_certificates_and_words_between_them() throws Exception {
        Path bundle =
                file("bundle.pem", "# ours\n" + certificates.pem("authority") + "\nand\n" + certificates.pem("good"));

        assertThat(TrustMaterial.withExtraAuthorities(bundle).trustManager().getAcceptedIssuers())
                .hasSize(TrustMaterial.system().trustManager().getAcceptedIssuers().length + 2);
    }

    @Test
    void a_bundle_that_is_no_good_is_refused_by_name_and_never_quoted() throws Exception {
        refused(directory.resolve("absent.pem"), "no such file");
        refused(directory, "directory");
        refused(file("empty.pem", ""), "no PEM certificate");
        refused(
                file("key.pem", "-----BEGIN PRIVATE KEY-----\nSECRETKEY\n-----END PRIVATE KEY-----\n"),
                "no PEM certificate");
        refused(
                file(
                        "broken.pem",
                        certificates.pem("good")
                                + "-----BEGIN CERTIFICATE-----\nSECRETKEY\n-----END CERTIFICATE-----\n"),
                "certificate 2");
        refused(file("cut.pem", certificates.pem("good").substring(0, 200)), "no PEM certificate");
        Path large = directory.resolve("large.pem");
        Files.write(large, new byte[(int) TrustMaterial.MAX_FILE_BYTES + 1]);
        refused(large, "4 MiB");
    }

    private static Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content, StandardCharsets.US_ASCII);
    }

    private static void refused(Path file, String says) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustMaterial.withExtraAuthorities(file))
                .withMessageStartingWith("ARTIFACTS_CA_FILE: " + file)
                .withMessageContaining(says)
                .satisfies(
                        e -> assertThat(e).hasMessageNotContaining("SECRETKEY").hasNoCause());
    }
}
