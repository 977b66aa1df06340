package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Farewell;
import io.tonbo.artifacts.operator.status.Announcement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The last word on a MountSession tells what lives on, and until when. */
class SessionFarewellTest {
    private static Announcement words(Map<String, Instant> alive, Farewell farewell) {
        return SessionFarewell.words(new SessionView(Served.mountSession()), alive, farewell);
    }

    private static Map<String, Instant> two() {
        Map<String, Instant> alive = new LinkedHashMap<>();
        alive.put("ms_1", Served.ENDS.plusMillis(500));
        alive.put("ms_2", Instant.MAX);
        return alive;
    }

    @ParameterizedTest
    @EnumSource(
            value = Farewell.class,
            names = {"ABANDONED", "LEFT_TO_EXPIRE"})
    void whatIsLeftIsNamedWithItsEnd(Farewell farewell) {
        Announcement words = words(two(), farewell);

        assertThat(words.warning()).isTrue();
        assertThat(words.note())
                .contains("Left to end by themselves: ms_1 at 2026-11-01T13:00:00Z, ms_2 at 9999-12-31T23:59:59Z.");
        assertThat(words(Map.of(), farewell).note()).contains("No session of it is known to live.");
    }

    @ParameterizedTest
    @CsvSource({
        "ABANDONED, true, Abandoned",
        "LEFT_TO_EXPIRE, true, LeftToExpire",
        "NO_SESSION, false, NoSession",
        "ENDED, false, Revoked"
    })
    void onlyWhatMayNeedSomebodyIsAWarning(Farewell farewell, boolean warning, String reason) {
        Announcement words = words(Map.of(), farewell);

        assertThat(words.warning()).isEqualTo(warning);
        assertThat(words.reason()).isEqualTo(reason);
        assertThat(words.note()).isNotBlank();
    }

    @Test
    void everyFarewellIsCountedFromTheStart() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        assertThat(new SessionFarewell(null, meters)).isNotNull();

        assertThat(meters.get("artifacts_sessions_released").counters())
                .allMatch(counter -> counter.count() == 0)
                .extracting(counter -> counter.getId().getTag("farewell"))
                .containsExactlyInAnyOrder("Abandoned", "LeftToExpire", "NoSession", "Revoked");
    }
}
