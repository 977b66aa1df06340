package io.tonbo.artifacts.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {
    @Test
    void theSamePartsGiveTheSameKey() {
        assertThat(IdempotencyKey.of("reserve", "uid"))
                .isEqualTo(IdempotencyKey.of("reserve", "uid"))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void noTwoWaysToSplitATextGiveTheSameKey() {
        List<String> keys = Stream.of(
                        new String[] {"ab", "c"},
                        new String[] {"a", "bc"},
                        new String[] {"abc"},
                        new String[] {"abc", ""},
                        new String[] {"", "abc"},
                        new String[] {"2:ab", "c"},
                        new String[] {"äb", "c"})
                .map(IdempotencyKey::of)
                .toList();

        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void nothingKnownCountsAsEmpty() {
        assertThat(IdempotencyKey.of("a", null)).isEqualTo(IdempotencyKey.of("a", ""));
    }
}
