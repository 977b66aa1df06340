package io.tonbo.artifacts.operator.mountsession;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.PreviousSession;
import io.tonbo.artifacts.operator.status.Announcement;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.StatusReport;
import io.tonbo.artifacts.operator.status.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The status to be of one MountSession: the outcome's conditions, and a copy of the Secret's record.
 *
 * @param status the status; equal to the present one when nothing changed
 * @param announcements events to record once it is written
 */
record SessionStatusDraft(MountSessionStatus status, List<Announcement> announcements) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a pass knows at its end.
     *
     * @param record the published Secret's record; null while none is valid as it stands
     * @param sessions every known session
     * @param heldId id of the session in memory; null for none
     * @param consumersSettled whether it was found that consumers need no more restarts for the record
     * @param serverAhead how far the orchestrator's clock is ahead
     */
    record Known(
            SessionRecord record,
            KnownSessions sessions,
            String heldId,
            boolean consumersSettled,
            Duration serverAhead) {}

    static SessionStatusDraft of(
            SessionView view,
            Known known,
            Outcome outcome,
            List<StatusReport.Fact> facts,
            Instant now,
            Timings timings) {
        MountSessionStatus before = view.status();
        MountSessionStatus status = JSON.convertValue(before, MountSessionStatus.class);
        StatusReport report = StatusReport.of(
                new StatusReport.Before(before.getConditions(), before.getLastError(), before.getObservedGeneration()),
                view.generation(),
                outcome,
                facts,
                now,
                timings);
        status.setConditions(report.conditions());
        status.setLastError(report.lastError());
        status.setObservedGeneration(report.observedGeneration());
        if (!(outcome instanceof Outcome.Unchanged)) {
            status.setLastHandledReconcileAt(view.requestedAtAsHandled());
        }
        copy(view, known, status, now);
        return new SessionStatusDraft(status, report.announcements());
    }

    private static void copy(SessionView view, Known known, MountSessionStatus status, Instant now) {
        SessionRecord record = known.record();
        if (record != null) {
            boolean same = record.sessionId().equals(status.getSessionId()) && status.getRenewAt() != null;
            status.setSessionId(record.sessionId());
            status.setIssuedAt(record.issuedAt());
            status.setExpiresAt(record.expiresAt());
            status.setSecretName(view.secretName());
            if (!same) {
                // Written once: a clock's noise is no news.
                status.setRenewAt(
                        RenewalSchedule.of(record.issuedAt(), record.expiresAt(), view.uid(), known.serverAhead())
                                .renewAt());
            }
            if (known.consumersSettled()) {
                status.setRestartedFor(record.stamp());
            }
        }
        List<PreviousSession> previous = known.sessions().previous(now.plus(known.serverAhead()), known.heldId());
        int tooMany = Math.max(0, previous.size() - MountSessionStatus.MAX_PREVIOUS_SESSIONS);
        status.setPreviousSessions(previous.subList(tooMany, previous.size()));
    }
}
