package io.tonbo.artifacts.operator.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            value = {
                "none | none",
                "'' | none",
                "0 | PT0S",
                "' 7 ' | PT7S",
                "600 | PT10M",
                "86400 | PT24H",
                "86401 | PT24H",
                "1000000000 | PT24H",
                "99999999999999999999999999 | PT24H",
                "-5 | none",
                "+5 | none",
                "1.5 | none",
                "1e3 | none",
                "soon | none",
                "7, 9 | none",
                "٣ | none",
                "Sun, 06 Nov 1994 08:49:37 GMT | PT37S",
                "Sunday, 06-Nov-94 08:49:37 GMT | none",
                "Sun Nov  6 08:49:37 1994 | none",
                "Sun, 06 Nov 1994 08:00:00 GMT | PT0S",
                "Fri, 31 Dec 9999 23:59:59 GMT | PT24H",
                "Sun, 99 Nov 1994 08:49:37 GMT | none"
            })
    void seconds_and_dates_are_understood_and_anything_else_is_nothing(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
    }
}
