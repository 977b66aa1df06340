package io.tonbo.artifacts.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.tonbo.artifacts.operator.connection.SecretReadException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnableKubernetesMockClient
class KubernetesSecretReaderTest {
    private static final String PATH = "/api/v1/namespaces/team-a/secrets/conn";

    private KubernetesMockServer server;
    private KubernetesClient client;

    private SecretReader reader() {
        client.getConfiguration().setRequestRetryBackoffLimit(0);
        return new KubernetesSecretReader(client);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_secret_is_fetched_by_name_with_one_get_and_only_the_keys_in_use_are_kept() throws Exception {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("team-a")
                .withName("conn")
                .withResourceVersion("42")
                .endMetadata()
                .addToData("token", base64("art_ü\n"))
                .addToData("AWS_ACCESS_KEY_ID", base64("id"))
                .addToData("ARTIFACTS_S3_SECRET_ACCESS_KEY", base64("key"))
                .addToData("tls.key", base64("another matter"))
                .build();
        server.expect().get().withPath(PATH).andReturn(200, secret).once();

        SecretData data = reader().get("team-a", "conn").orElseThrow();

        assertThat(data.resourceVersion()).isEqualTo("42");
        assertThat(data.values())
                .containsEntry("token", "art_ü\n")
                .containsEntry("AWS_ACCESS_KEY_ID", "id")
                .containsEntry("ARTIFACTS_S3_SECRET_ACCESS_KEY", "key")
                .hasSize(3);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void a_secret_without_data_is_there_and_empty() throws Exception {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("team-a")
                .withName("conn")
                .endMetadata()
                .build();
        server.expect().get().withPath(PATH).andReturn(200, secret).once();

        assertThat(reader().get("team-a", "conn").orElseThrow().values()).isEmpty();
    }

    @Test
    void an_absent_secret_is_empty() throws Exception {
        server.expect().get().withPath(PATH).andReturn(404, "").once();

        assertThat(reader().get("team-a", "conn")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"403, FORBIDDEN", "500, UNAVAILABLE", "503, UNAVAILABLE", "401, UNAVAILABLE"})
    void what_the_api_server_refuses_or_fails_at_is_told_apart_and_not_absent(int status, Kind kind) {
        server.expect().get().withPath(PATH).andReturn(status, "").always();

        SecretReadException e = catchThrowableOfType(SecretReadException.class, () -> reader().get("team-a", "conn"));

        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e).hasMessageContaining("team-a/conn").hasNoCause();
    }
}
