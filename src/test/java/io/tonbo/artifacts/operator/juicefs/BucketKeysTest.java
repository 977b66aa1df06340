package io.tonbo.artifacts.operator.juicefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketKeysTest {
    @Test
    void a_line_feed_after_a_key_does_no_harm() {
        assertThat(new BucketKeys(" AKIA1\n", "secret\r\n", "\n")).isEqualTo(new BucketKeys("AKIA1", "secret", null));
        assertThat(new BucketKeys("AKIA1", "secret", " token\n").sessionToken()).isEqualTo("token");
    }

    @Test
    void half_a_key_is_none_and_is_not_repeated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BucketKeys("AKIA1", " \n", null))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("AKIA1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BucketKeys("", "secret", null))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret,"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AKIA1\nX-Other: 1", "AKIA 1", "AKIA\u00001", "AKIÄ"})
    void a_key_is_never_a_way_into_the_request(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BucketKeys(text, "secret", null))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("AKI"));
        assertThatIllegalArgumentException().isThrownBy(() -> new BucketKeys("AKIA1", text, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new BucketKeys("AKIA1", "secret", text));
    }
}
