package io.tonbo.artifacts.operator.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final RetryPolicy ONE_TO_SIXTY = policy(1, 60);

    private final RandomGenerator random = new Random(7);

    @ParameterizedTest(name = "attempt {0} waits {1} to {2} ms")
    @CsvSource({"1, 500, 1000", "2, 500, 2000", "3, 500, 4000", "6, 500, 32000", "7, 500, 60000", "100000, 500, 60000"})
    void aDelayIsJitteredOverTheWholeBackoffAboveItsFloor(int attempt, long floor, long bound) {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 2_000; i++) {
            long millis = ONE_TO_SIXTY
                    .nextDelay(attempt, Duration.ofSeconds(5), null, random)
                    .toMillis();
            assertThat(millis).isBetween(floor, bound);
            least = Math.min(least, millis);
            most = Math.max(most, millis);
        }
        long width = bound - floor;
        assertThat(least).as("reaches down").isLessThan(floor + width / 10);
        assertThat(most).as("reaches up").isGreaterThan(bound - width / 10);
    }

    @Test
    void theOpeningDelaysComeFirstAndAreNotShortened() {
        RetryPolicy policy =
                new RetryPolicy(List.of(Duration.ZERO, Duration.ofSeconds(10)), seconds(60), 2, seconds(300), null);
        assertThat(policy.nextDelay(1, Duration.ZERO, null, random)).isZero();
        for (int i = 0; i < 200; i++) {
            assertThat(policy.nextDelay(2, Duration.ZERO, null, random)).isBetween(seconds(10), seconds(11));
            assertThat(policy.nextDelay(3, seconds(10), null, random)).isBetween(seconds(30), seconds(60));
            assertThat(policy.nextDelay(4, seconds(10), null, random)).isBetween(seconds(30), seconds(120));
        }
    }

    @ParameterizedTest(name = "metadata_acl_provisioning_failed, {0} ms after the first failure: at most {1} s")
    @CsvSource({"0, 10", "59999, 10", "60000, 10", "60001, 11", "80000, 30", "110000, 60", "3600000, 60"})
    void aMinuteAfterTheFirstFailureTheCapGrowsFromTenToSixtySeconds(long since, long atMost) {
        RetryPolicy policy = row(ProblemType.METADATA_ACL_PROVISIONING_FAILED).retry();
        long most = 0;
        for (int i = 0; i < 2_000; i++) {
            most = Math.max(
                    most,
                    policy.nextDelay(50, Duration.ofMillis(since), null, random).toMillis());
        }
        assertThat(most).isBetween(atMost * 1000 * 8 / 10, atMost * 1000);
    }

    @ParameterizedTest(name = "{0} s after the first AccessDenied: {1} to {2} s")
    @CsvSource({"0, 5, 10", "119, 5, 10", "120, 150, 300", "420, 150, 600", "1020, 150, 1200", "9999, 150, 1800"})
    void aDeniedBucketIsTriedOftenForTwoMinutesThenProbedSlowly(long since, long least, long most) {
        RetryPolicy policy = row(ProblemType.BUCKET_ACCESS_DENIED).retry();
        for (int i = 0; i < 500; i++) {
            // The count starts anew with the operator; the slow phase goes by time and is not fooled.
            assertThat(policy.nextDelay(1, seconds(since), null, random)).isBetween(seconds(least), seconds(most));
        }
    }

    @ParameterizedTest(name = "Retry-After {0} s waits {1} to {2} ms")
    @CsvSource({
        "30, 30000, 33000",
        "590, 590000, 600000",
        "600, 540000, 600000",
        "1000000000, 540000, 600000",
        "9223372036854775807, 540000, 600000",
        "0, 500, 1000",
        "-5, 500, 1000"
    })
    void retryAfterIsHonouredUpToTenMinutes(long asked, long least, long most) {
        for (int i = 0; i < 500; i++) {
            assertThat(ONE_TO_SIXTY
                            .nextDelay(1, Duration.ZERO, seconds(asked), random)
                            .toMillis())
                    .isBetween(least, most);
        }
    }

    @Test
    void aShortRetryAfterDoesNotShortenTheBackoff() {
        RetryPolicy slow = policy(300, 1800);
        for (int i = 0; i < 500; i++) {
            assertThat(slow.nextDelay(1, Duration.ZERO, seconds(1), random)).isBetween(seconds(150), seconds(300));
        }
    }

    @Test
    void thoseWhoAreSentAwayTogetherComeBackApart() {
        long distinct = random.longs(500)
                .mapToObj(seed -> ONE_TO_SIXTY.nextDelay(1, Duration.ZERO, seconds(60), new Random(seed)))
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(400);
    }

    @ParameterizedTest
    @EnumSource
    void everyRowGivesADelayForAnyInputAndNeverLongerThanItsCap(ProblemType type) {
        RetryPolicy policy = row(type).retry();
        Duration[] times = {
            null,
            Duration.ZERO,
            seconds(-1),
            seconds(Long.MIN_VALUE),
            seconds(59),
            seconds(60),
            seconds(121),
            Duration.ofDays(4000),
            seconds(Long.MAX_VALUE)
        };
        int[] attempts = {Integer.MIN_VALUE, -1, 0, 1, 2, 3, 4, 31, 32, 63, 64, 65, 1100, Integer.MAX_VALUE};
        Duration longest = policy.longest().compareTo(seconds(11)) < 0 ? seconds(11) : policy.longest();
        for (Duration since : times) {
            for (int attempt : attempts) {
                for (Duration retryAfter : times) {
                    Duration delay = policy.nextDelay(attempt, since, retryAfter, random);
                    assertThat(delay.isNegative()).isFalse();
                    Duration bound = retryAfter == null || longest.compareTo(TEN_MINUTES) > 0 ? longest : TEN_MINUTES;
                    assertThat(delay).isLessThanOrEqualTo(bound);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noRowEverSpins(ProblemType type) {
        RetryPolicy policy = row(type).retry();
        for (int attempt = policy.opening().size() + 1; attempt < 200; attempt++) {
            assertThat(policy.nextDelay(attempt, seconds(attempt), null, random).toMillis())
                    .isGreaterThanOrEqualTo(500);
        }
    }

    @Test
    void aPolicyThatCannotBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> policy(0, 5)).withMessageContaining("retry.first");
        assertThatIllegalArgumentException().isThrownBy(() -> policy(5, 4)).withMessageContaining("retry.cap");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(null, seconds(1), 0, seconds(1), null))
                .withMessageContaining("retry.factor");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(List.of(seconds(-1)), seconds(1), 2, seconds(1), null))
                .withMessageContaining("retry.opening");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy.Later(Duration.ZERO, seconds(1), seconds(1)))
                .withMessageContaining("retry.later.after");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy.Later(seconds(1), null, seconds(1)))
                .withMessageContaining("retry.later.first");
    }

    private static ErrorRow row(ProblemType type) {
        return ErrorCatalogue.load().row(type);
    }

    private static RetryPolicy policy(long first, long cap) {
        return new RetryPolicy(List.of(), seconds(first), 2, seconds(cap), null);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
