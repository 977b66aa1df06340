package io.tonbo.artifacts.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tonbo.artifacts.operator.juicefs.BucketAddress;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The buckets of services that cannot be had here: their endpoints are taken, and signed for the region that they want. */
class BucketExamplesTest {
    @ParameterizedTest
    @CsvSource({
        "aws-s3, s3.eu-central-1.amazonaws.com, eu-central-1",
        "minimal, s3.eu-central-1.amazonaws.com, eu-central-1",
        "tigris, t3.storage.dev, auto",
        "r2, 00000000000000000000000000000000.r2.cloudflarestorage.com, auto",
        "minio, minio.storage.svc, us-east-1"
    })
    void anEndpointIsTaken(String example, String host, String region) throws Exception {
        Path file = ProjectRoot.find().resolve("examples/" + example + ".yaml");
        JsonNode storage = GitOpsTool.documents(file).get(0).at("/spec/storage");

        BucketAddress address = BucketAddress.parse(
                storage.path("endpoint").asText(),
                storage.path("region").asText(),
                storage.path("bucket").asText());

        assertThat(URI.create(storage.path("endpoint").asText()).getHost()).isEqualTo(host);
        assertThat(address.signingRegion()).isEqualTo(region);
        assertThat(storage.path("region").asText()).isEqualTo(region);
    }
}
