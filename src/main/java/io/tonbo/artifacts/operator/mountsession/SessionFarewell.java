package io.tonbo.artifacts.operator.mountsession;

import io.micrometer.core.instrument.MeterRegistry;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Farewell;
import io.tonbo.artifacts.operator.status.Announcement;
import io.tonbo.artifacts.operator.status.EventRecorder;
import io.tonbo.artifacts.operator.telemetry.OperatorMeter;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last word on a MountSession: what became of its sessions, in an event, a log line and a count. */
final class SessionFarewell {
    private static final Logger LOG = LoggerFactory.getLogger(SessionFarewell.class);

    private final EventRecorder events;
    private final MeterRegistry meters;

    SessionFarewell(EventRecorder events, MeterRegistry meters) {
        this.events = events;
        this.meters = meters;
        // From the start, so that the first of each is an increase.
        for (Farewell farewell : Farewell.values()) {
            OperatorMeter.SESSIONS_RELEASED.counter(meters, reason(farewell));
        }
    }

    void say(SessionView view, Map<String, Instant> alive, Farewell farewell) {
        Announcement announcement = words(view, alive, farewell);
        LOG.info("{}/{}: released, {}: {}", view.namespace(), view.name(), announcement.reason(), announcement.note());
        OperatorMeter.SESSIONS_RELEASED.counter(meters, announcement.reason()).increment();
        events.record(view.object(), announcement);
    }

    /**
     * @param view the object
     * @param alive ids of the sessions that live on, and when each ends, by the orchestrator's clock
     * @param farewell how it is let go
     * @return what to say
     */
    static Announcement words(SessionView view, Map<String, Instant> alive, Farewell farewell) {
        String left = alive.isEmpty()
                ? "No session of it is known to live."
                : "Left to end by themselves: "
                        + alive.entrySet().stream()
                                .map(each -> each.getKey() + " at " + SessionRecord.wholeSecond(each.getValue()))
                                .collect(Collectors.joining(", "))
                        + ".";
        return switch (farewell) {
            case ABANDONED -> warning(farewell, "Let go on request, nothing was revoked. " + left);
            case LEFT_TO_EXPIRE -> warning(farewell, "There was no way to revoke in time. " + left);
            case NO_SESSION -> normal(farewell, "No session of it is known.");
            case ENDED -> normal(farewell, "Every session is revoked or has ended, and the Secret is deleted.");
        };
    }

    private static String reason(Farewell farewell) {
        return switch (farewell) {
            case ABANDONED -> "Abandoned";
            case LEFT_TO_EXPIRE -> "LeftToExpire";
            case NO_SESSION -> "NoSession";
            case ENDED -> "Revoked";
        };
    }

    private static Announcement warning(Farewell farewell, String note) {
        return new Announcement(true, reason(farewell), "Release", note);
    }

    private static Announcement normal(Farewell farewell, String note) {
        return new Announcement(false, reason(farewell), "Release", note);
    }
}
