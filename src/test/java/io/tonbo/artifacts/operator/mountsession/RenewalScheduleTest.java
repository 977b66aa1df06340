package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a session is renewed: at two thirds of what was granted, spread, and never after its end. */
class RenewalScheduleTest {
    private static final Instant ISSUED = Instant.parse("2026-11-01T12:00:00Z");
    private static final String UID = "1b4e28ba-2fa1-4d3b-883f-0016d3cca427";
    private static final Duration IN_STEP = Duration.ZERO;

    private static RenewalSchedule granted(long seconds) {
        return RenewalSchedule.of(ISSUED, ISSUED.plusSeconds(seconds), UID, IN_STEP);
    }

    private static SessionRecord record(long requestedSeconds, long grantedSeconds) {
        return new SessionRecord(
                "ms_1",
                ISSUED,
                ISSUED.plusSeconds(grantedSeconds),
                UID,
                "0".repeat(64),
                "ws_1",
                requestedSeconds,
                "",
                List.of(),
                null,
                0,
                "",
                "");
    }

    private static List<String> uids(int count) {
        SplittableRandom random = new SplittableRandom(20_261_123);
        List<String> uids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            uids.add(new UUID(random.nextLong(), random.nextLong()).toString());
        }
        return uids;
    }

    @Test
    void liesWithinFivePercentOfTwoThirds() {
        SplittableRandom random = new SplittableRandom(7);
        for (String uid : uids(10_000)) {
            long seconds = random.nextLong(1, 40L * 86_400);
            RenewalSchedule schedule = RenewalSchedule.of(ISSUED, ISSUED.plusSeconds(seconds), uid, IN_STEP);
            double share = Duration.between(ISSUED, schedule.renewAt()).toMillis() / (seconds * 1000.0);
            assertThat(share).isBetween(2 / 3.0 * 0.95 - 0.001, 2 / 3.0 * 1.05 + 0.001);
            assertThat(schedule.renewAt()).isBefore(schedule.expiresAt());
        }
    }

    @Test
    void spreadsObjectsThatWereAppliedTogether() {
        Integer[] tenths = new Integer[10];
        Arrays.fill(tenths, 0);
        for (String uid : uids(1000)) {
            RenewalSchedule schedule = RenewalSchedule.of(ISSUED, ISSUED.plusSeconds(86_400), uid, IN_STEP);
            double share = Duration.between(ISSUED, schedule.renewAt()).toMillis() / 86_400_000.0;
            tenths[(int) Math.min(9, (share * 1.5 - 0.95) * 100)]++;
        }
        assertThat(tenths).allSatisfy(count -> assertThat(count).isBetween(60, 140));
    }

    @Test
    void isTheSameForOneObjectEveryTime() {
        assertThat(granted(3600)).isEqualTo(granted(3600));
    }

    @Test
    void neverLiesAfterTheEndWhateverTheTimesAre() {
        SplittableRandom random = new SplittableRandom(11);
        for (String uid : uids(10_000)) {
            Instant issued = ISSUED.plusSeconds(random.nextLong(-100_000_000, 100_000_000));
            Instant expires = ISSUED.plusSeconds(random.nextLong(-100_000_000, 100_000_000));
            Duration ahead = Duration.ofMillis(random.nextLong(-86_400_000, 86_400_000));
            RenewalSchedule schedule = RenewalSchedule.of(issued, expires, uid, ahead);
            assertThat(schedule.renewAt()).isBeforeOrEqualTo(schedule.expiresAt());
            assertThat(schedule.expiresAt()).isEqualTo(expires.minus(ahead));
        }
    }

    @ParameterizedTest
    @CsvSource({"-5, true", "0, true", "1, true", "57, true", "58, false", "60, false", "86400, false"})
    void lessThanAMinuteIsAFaultAndNoLoop(long seconds, boolean tooShort) {
        assertThat(granted(seconds).tooShort()).isEqualTo(tooShort);
    }

    @Test
    void isDueFromItsMomentAndExpiredFromItsEnd() {
        RenewalSchedule schedule = granted(3600);
        assertThat(schedule.due(schedule.renewAt().minusMillis(1))).isFalse();
        assertThat(schedule.due(schedule.renewAt())).isTrue();
        assertThat(schedule.expired(schedule.expiresAt().minusMillis(1))).isFalse();
        assertThat(schedule.expired(schedule.expiresAt())).isTrue();
        assertThat(schedule.next(ISSUED)).isEqualTo(schedule.renewAt());
        assertThat(schedule.next(schedule.renewAt())).isEqualTo(schedule.expiresAt());
    }

    @ParameterizedTest(name = "asked for {0} s, granted {1} s, now {2} s: due at once {3}")
    @CsvSource({
        "86400, 86400, 86400, false",
        "86400, 86400, 3600, true",
        "86400, 86400, 604800, false",
        // The server grants no more than a day; a week instead of a month changes nothing.
        "2592000, 86400, 604800, false",
        "2592000, 86400, 3600, true",
        // The server grants no less than an hour: asking again would not make it less.
        "60, 3600, 60, false",
        // Not known what was asked for.
        "0, 86400, 60, false"
    })
    void aLoweredWishMakesItDue(long requested, long granted, long wished, boolean due) {
        RenewalSchedule schedule = RenewalSchedule.of(record(requested, granted), wished, UID, IN_STEP);
        assertThat(schedule.due(ISSUED.plusSeconds(1))).isEqualTo(due);
        assertThat(schedule.expiresAt()).isEqualTo(ISSUED.plusSeconds(granted));
    }

    @ParameterizedTest
    @CsvSource({"PT10M", "-PT10M", "PT0.5S"})
    void theOrchestratorsTimesAreSetByThisMachinesClock(Duration serverAhead) {
        RenewalSchedule here = granted(3600);
        RenewalSchedule corrected = RenewalSchedule.of(ISSUED, ISSUED.plusSeconds(3600), UID, serverAhead);
        assertThat(corrected)
                .isEqualTo(new RenewalSchedule(
                        here.issuedAt().minus(serverAhead),
                        here.renewAt().minus(serverAhead),
                        here.expiresAt().minus(serverAhead)));
    }
}
