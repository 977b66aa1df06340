package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.status.Announcement;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.StatusReport;
import io.tonbo.artifacts.operator.status.StatusWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a pass came to: conditions, the copy of the Secret's record, and news as events. */
final class SessionReport {
    private static final Logger LOG = LoggerFactory.getLogger(SessionReport.class);

    private final SessionPass pass;
    private final ReconcilerServices services;
    private final SessionMemory memory;
    private final SessionFindings found;
    private final MountSessionObservation observation;
    private final MountSessionDecision decision;

    SessionReport(SessionPass pass, ReconcilerServices services, SessionMemory memory) {
        this.pass = pass;
        this.services = services;
        this.memory = memory;
        this.found = pass.found();
        this.observation = pass.observation();
        this.decision = pass.decision();
    }

    void write(Outcome outcome) throws StatusWriter.Conflict {
        SessionStatusDraft draft = draft(outcome, facts(outcome));
        write(draft.status());
        draft.announcements().forEach(this::announce);
        tellNews();
    }

    void tellNews() {
        memory.news().forEach(this::announce);
        memory.news().clear();
    }

    /** Status is a copy of the record. Where it is behind, it is brought up to date before the record changes again. */
    void copyRecord() throws StatusWriter.Conflict {
        SessionRecord record = pass.record();
        if (record != null && !record.sessionId().equals(status().getSessionId())) {
            write(draft(new Outcome.Unchanged(null), List.of()).status());
        }
    }

    private MountSessionStatus status() {
        return pass.view().status();
    }

    private List<StatusReport.Fact> facts(Outcome outcome) {
        List<StatusReport.Fact> facts = new ArrayList<>();
        boolean valid =
                observation != null && observation.usable() && !pass.view().deleting();
        if (!valid || outcome instanceof Outcome.Unchanged) {
            return facts;
        }
        if (!(outcome instanceof Outcome.Done)) {
            facts.add(pass.words().ready());
        }
        if (decision.verdict().renewed() == Verdict.State.TRUE) {
            facts.add(ReadyWords.renewed(renewAt()));
        }
        new ConsumerReview(pass, services).review().ifPresent(facts::add);
        return facts;
    }

    /** As status has it, for the session that status knows. */
    private Instant renewAt() {
        SessionRecord record = pass.record();
        MountSessionStatus status = status();
        boolean known = record.sessionId().equals(status.getSessionId()) && status.getRenewAt() != null;
        return known
                ? status.getRenewAt()
                : RenewalSchedule.of(
                                record.issuedAt(),
                                record.expiresAt(),
                                pass.view().uid(),
                                pass.serverAhead())
                        .renewAt();
    }

    private SessionStatusDraft draft(Outcome outcome, List<StatusReport.Fact> facts) {
        boolean intact = observation != null && observation.target() == MountSessionObservation.Target.INTACT;
        SessionStatusDraft.Known known = new SessionStatusDraft.Known(
                intact ? pass.record() : null,
                pass.sessions(),
                pass.heldId(),
                consumersSettled(facts),
                pass.serverAhead());
        return SessionStatusDraft.of(pass.view(), known, outcome, facts, pass.now(), services.timings());
    }

    /** As long as somebody is behind, targets are looked at again: one may have been misspelt, or refused for a while. */
    private boolean consumersSettled(List<StatusReport.Fact> facts) {
        boolean nobodyToWaitFor = found.restarts == null
                ? observation != null && !observation.restartsPending()
                : found.restarts.settled();
        return nobodyToWaitFor
                && facts.stream()
                        .anyMatch(fact -> ConditionType.CONSUMERS_CURRENT.equals(fact.type())
                                && fact.status() != ConditionStatus.FALSE);
    }

    private void write(MountSessionStatus status) throws StatusWriter.Conflict {
        MountSession written = services.statusWriter().write(pass.object(), status);
        memory.wrote(written);
        pass.sees(written);
    }

    private void announce(Announcement news) {
        SessionView view = pass.view();
        LOG.info("{}/{}: {}: {}", view.namespace(), view.name(), news.reason(), news.note());
        services.events().record(view.object(), news);
    }
}
