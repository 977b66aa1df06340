package io.tonbo.artifacts.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.problem.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryForecastTest {
    private static final Instant FIRST = Instant.parse("2026-11-01T10:00:00Z");
    private static final RetryPolicy GROWING =
            new RetryPolicy(List.of(Duration.ofSeconds(10)), Duration.ofSeconds(20), 2, Duration.ofSeconds(60), null);

    @ParameterizedTest(name = "{0} s after the first failure the next try is {1} s after it")
    @CsvSource({"0, 10", "9, 10", "10, 30", "29, 30", "30, 70", "69, 70", "70, 130", "130, 190", "1000, 1030"})
    void theDelaysOfTheCatalogueAreLaidEndToEnd(long now, long next) {
        assertThat(RetryForecast.nextTry(GROWING, FIRST, FIRST.plusSeconds(now)))
                .isEqualTo(FIRST.plusSeconds(next));
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyRowHasANextTryThatIsNotFurtherThanItsLongestDelay(ProblemType type) {
        RetryPolicy retry = ErrorCatalogue.load().row(type).retry();
        for (long seconds : new long[] {0, 1, 7, 60, 601, 3600, 86_400, 8_640_000}) {
            Instant now = FIRST.plusSeconds(seconds);
            Instant next = RetryForecast.nextTry(retry, FIRST, now);
            assertThat(next).isAfter(now).isBeforeOrEqualTo(now.plus(retry.longest()));
        }
    }

    @Test
    void ofSeveralRowsWithOneReasonThatWithTheCodeIsTaken() {
        LastError error = new LastError();
        error.setReason("WorkspaceExists");
        error.setCode("workspace_exists");
        assertThat(RetryForecast.row(error))
                .hasValueSatisfying(row -> assertThat(row.type()).isEqualTo(ProblemType.WORKSPACE_EXISTS));
        error.setReason("OfALaterVersion");
        assertThat(RetryForecast.row(error)).isEmpty();
    }
}
