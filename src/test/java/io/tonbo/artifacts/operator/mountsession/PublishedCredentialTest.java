package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tonbo.artifacts.operator.juicefs.BucketKeys;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Drift;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a published Secret holds. */
class PublishedCredentialTest {
    private static final PublishedCredential LASTING =
            Grants.published(Grants.session(), Grants.tigris(), Grants.KEYS, SessionMode.READ_WRITE);
    private static final PublishedCredential TEMPORARY =
            Grants.published(Grants.session(), Grants.tigris(), Grants.TEMPORARY_KEYS, SessionMode.READ_ONLY);

    @Test
    void holdsWhatAPodMountsFrom() {
        assertThat(LASTING.data())
                .containsExactly(
                        entry("metaurl", "redis://sess:PASS-SECRET@meta.example.com:6379/1"),
                        entry("name", "vol-1"),
                        entry("key-prefix", "{u_1_w_2}:"),
                        entry("s3-bucket", "chunks"),
                        entry("s3-endpoint", "https://t3.storage.dev"),
                        entry("AWS_REGION", "auto"),
                        entry("AWS_ACCESS_KEY_ID", "AKIA-ID"),
                        entry("AWS_SECRET_ACCESS_KEY", "KEY-SECRET"),
                        entry("ARTIFACTS_S3_ACCESS_KEY_ID", "AKIA-ID"),
                        entry("ARTIFACTS_S3_SECRET_ACCESS_KEY", "KEY-SECRET"),
                        entry("mode", "rw"),
                        entry("mount-options", ""),
                        entry("expires-at", "2026-11-02T12:00:00Z"),
                        entry(
                                "envs",
                                "{\"AWS_REGION\":\"auto\",\"AWS_ACCESS_KEY_ID\":\"AKIA-ID\",\"AWS_SECRET_ACCESS_KEY\":\"KEY-SECRET\"}"));
    }

    @Test
    void aTemporaryKeyBringsItsToken() throws Exception {
        assertThat(TEMPORARY.data())
                .containsEntry("AWS_SESSION_TOKEN", "KEY-TOKEN")
                .containsEntry("ARTIFACTS_S3_SESSION_TOKEN", "KEY-TOKEN");
        JsonNode envs = new ObjectMapper().readTree(TEMPORARY.data().get("envs"));
        assertThat(envs).hasSize(4);
        assertThat(envs.path("AWS_SESSION_TOKEN").textValue()).isEqualTo("KEY-TOKEN");
        assertThat(TEMPORARY.data().keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(SecretKey.values()).map(SecretKey::key).toList());
    }

    @Test
    void neverHoldsWhatMakesTheCsiDriverRewriteTheSetting() {
        assertThat(Arrays.stream(SecretKey.values()).map(SecretKey::key))
                .doesNotContain("bucket", "storage", "access-key", "secret-key", "format-options")
                .allMatch(key -> key.matches("[-._a-zA-Z0-9]+"));
    }

    @ParameterizedTest(name = "asked {0}, granted {1}: {2}")
    @CsvSource(
            nullValues = "none",
            value = {
                "READ_WRITE, rw, rw, ''",
                "READ_WRITE, none, rw, ''",
                "READ_WRITE, ro, ro, ro",
                "READ_ONLY, ro, ro, ro",
                "READ_ONLY, rw, ro, ro",
                "READ_ONLY, none, ro, ro"
            })
    void readOnlyWinsWhoeverSaysIt(SessionMode asked, String granted, String mode, String options) {
        Map<String, String> data = Grants.published(
                        Grants.session(granted, "redis://h/1", "{1}"), Grants.tigris(), Grants.KEYS, asked)
                .data();
        assertThat(data).containsEntry("mode", mode).containsEntry("mount-options", options);
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.eu-west-1.amazonaws.com, auto, eu-west-1",
        "https://s3.amazonaws.com, '', us-east-1",
        "https://minio.example.com:9000, '', us-east-1",
        "https://minio.example.com:9000, eu-1, eu-1"
    })
    void theRegionIsTheOneThatAClientSignsFor(String endpoint, String region, String published) {
        Map<String, String> data = Grants.published(
                        Grants.session(), Grants.bucket(endpoint, region), Grants.KEYS, SessionMode.READ_WRITE)
                .data();
        assertThat(data).containsEntry("AWS_REGION", published).containsEntry("s3-endpoint", endpoint);
    }

    @Test
    void keysAreTrimmed() {
        Map<String, String> data = Grants.published(
                        Grants.session(),
                        Grants.tigris(),
                        new BucketKeys("AKIA-ID\n", " KEY-SECRET\r\n", " "),
                        SessionMode.READ_WRITE)
                .data();
        assertThat(data).isEqualTo(LASTING.data());
    }

    @Test
    void noPrefixIsAnEmptyOne() {
        assertThat(Grants.published(
                                Grants.session("rw", "redis://h", null),
                                Grants.tigris(),
                                Grants.KEYS,
                                SessionMode.READ_WRITE)
                        .data())
                .containsEntry("key-prefix", "");
    }

    @Test
    void newBucketKeysLeaveTheSessionAsItIs() {
        PublishedCredential rewritten = PublishedCredential.rewritten(TEMPORARY.data(), Grants.tigris(), Grants.KEYS);
        assertThat(rewritten)
                .isEqualTo(Grants.published(Grants.session(), Grants.tigris(), Grants.KEYS, SessionMode.READ_ONLY));
        assertThat(rewritten.driftOf(TEMPORARY.data())).isEqualTo(Drift.KEYS);
        assertThat(PublishedCredential.rewritten(TEMPORARY.data(), Grants.tigris(), Grants.TEMPORARY_KEYS)
                        .driftOf(TEMPORARY.data()))
                .isEqualTo(Drift.NONE);
    }

    @Test
    void whatNoMountNoticesRestartsNobody() {
        Map<String, String> ofAnOlderOperator = new HashMap<>(LASTING.data());
        ofAnOlderOperator.remove("ARTIFACTS_S3_ACCESS_KEY_ID");
        assertThat(PublishedCredential.rewritten(ofAnOlderOperator, Grants.tigris(), Grants.KEYS)
                        .driftOf(ofAnOlderOperator))
                .isEqualTo(Drift.COSMETIC);
    }

    @Test
    void showsNoValues() {
        assertThat(TEMPORARY.toString())
                .doesNotContain("KEY-SECRET", "PASS-SECRET", "KEY-TOKEN", "ASIA", "redis")
                .contains("metaurl", "envs");
    }
}
