package io.tonbo.artifacts.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.juicefs.BucketKeys;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageCredentialsTest {
    private static final String ID = "ARTIFACTS_S3_ACCESS_KEY_ID";
    private static final String SECRET = "ARTIFACTS_S3_SECRET_ACCESS_KEY";

    private static StorageCredentials of(Map<String, String> data) {
        return StorageCredentials.of(data);
    }

    @Test
    void bothSpellingsServe() {
        assertThat(of(Map.of(ID, "id", SECRET, "secret")).keys()).contains(new BucketKeys("id", "secret", null));
        assertThat(of(Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_SESSION_TOKEN", "t"))
                        .keys())
                .contains(new BucketKeys("id", "secret", "t"));
    }

    @Test
    void ourSpellingWinsUnlessItIsBlank() {
        assertThat(of(Map.of(ID, "ours", "AWS_ACCESS_KEY_ID", "theirs", SECRET, " ", "AWS_SECRET_ACCESS_KEY", "s"))
                        .keys())
                .contains(new BucketKeys("ours", "s", null));
    }

    @Test
    void aTrailingNewlineIsNoPartOfAKey() {
        assertThat(of(Map.of(ID, " id\r\n", SECRET, "secret\n", "ARTIFACTS_S3_SESSION_TOKEN", "\n"))
                        .keys())
                .contains(new BucketKeys("id", "secret", null));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(of(Map.of()).missing()).containsExactly(ID, SECRET);
        assertThat(of(Map.of(ID, "id")).missing()).containsExactly(SECRET);
        assertThat(of(Map.of(SECRET, "secret", ID, "\n")).missing()).containsExactly(ID);
        assertThat(of(Map.of(SECRET, "secret", ID, "\n")).keys()).isEmpty();
        assertThat(of(Map.of(ID, "id", SECRET, "secret")).missing()).isEmpty();
    }

    @Test
    void nothingOfAKeyIsShown() {
        assertThat(of(Map.of(ID, "planted-id", SECRET, "planted-secret")).toString())
                .doesNotContain("planted-secret");
    }
}
