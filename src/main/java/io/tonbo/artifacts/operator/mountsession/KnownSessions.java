package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.PreviousSession;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Sessions;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every session of one MountSession that is known, wherever that stands: in the Secret, in status, in memory. Pure.
 *
 * @param ends when each ends, by the orchestrator's clock, those that are revoked left out
 * @param published id of the one that is published, or was last by status when there is no record; null for none
 * @param condemned ids of those that were replaced for a cause, or opened for nothing: they are to be revoked
 * @param everAny whether there ever was one that is known
 */
record KnownSessions(Map<String, Instant> ends, String published, List<String> condemned, boolean everAny) {

    /**
     * @param status the object's status, a copy of the record that may be behind it
     * @param record the Secret's record; null for none
     * @param memory what this process knows
     * @return what there is
     */
    static KnownSessions of(MountSessionStatus status, SessionRecord record, SessionMemory memory) {
        Map<String, Instant> ends = new LinkedHashMap<>();
        if (isBehind(status, record)) {
            // Of a session that nobody wrote down but here: it began before the one that replaced it.
            record.revokes().forEach(id -> ends.put(id, record.expiresAt()));
        }
        status.getPreviousSessions().forEach(session -> ends.put(session.getId(), end(session)));
        if (status.getSessionId() != null && status.getExpiresAt() != null) {
            ends.put(status.getSessionId(), status.getExpiresAt());
        }
        List<String> condemned = condemned(status, record, memory);
        ends.putAll(memory.orphans());
        if (memory.held() != null) {
            ends.put(
                    memory.held().session().id(),
                    SessionRecord.wholeSecond(memory.held().session().expiresAt()));
        }
        if (record != null) {
            ends.put(record.sessionId(), record.expiresAt());
        }
        boolean any = !ends.isEmpty() || !memory.revoked().isEmpty();
        ends.keySet().removeAll(memory.revoked());
        String published = record == null ? status.getSessionId() : record.sessionId();
        return new KnownSessions(ends, published, condemned, any);
    }

    private static Instant end(PreviousSession session) {
        return session.getExpiresAt() == null ? Instant.MAX : session.getExpiresAt();
    }

    private static boolean isBehind(MountSessionStatus status, SessionRecord record) {
        return record != null && !record.sessionId().equals(status.getSessionId());
    }

    /** A session that the record condemns is revoked already where status has copied the record and doesn't name it any more. */
    private static List<String> condemned(MountSessionStatus status, SessionRecord record, SessionMemory memory) {
        Set<String> ids = new LinkedHashSet<>(memory.orphans().keySet());
        ids.addAll(memory.condemned());
        if (record != null) {
            boolean behind = isBehind(status, record);
            Set<String> previous = new HashSet<>();
            status.getPreviousSessions().forEach(session -> previous.add(session.getId()));
            record.revokes().stream()
                    .filter(id -> !id.equals(record.sessionId()))
                    .filter(id -> behind || previous.contains(id))
                    .forEach(ids::add);
        }
        ids.removeAll(memory.revoked());
        return List.copyOf(ids);
    }

    /**
     * @param serverNow the time by the orchestrator's clock
     * @return whether any of them lives
     */
    Sessions state(Instant serverNow) {
        if (!everAny) {
            return Sessions.NONE;
        }
        return alive(serverNow).isEmpty() ? Sessions.ENDED : Sessions.ALIVE;
    }

    /** Ids of those that have not ended by themselves, and when they do. */
    Map<String, Instant> alive(Instant serverNow) {
        Map<String, Instant> alive = new LinkedHashMap<>(ends);
        alive.values().removeIf(end -> !serverNow.isBefore(end));
        return alive;
    }

    /** Ids of those that are to be revoked and still live. */
    List<String> toRevoke(Instant serverNow) {
        Map<String, Instant> alive = alive(serverNow);
        return condemned.stream().filter(alive::containsKey).toList();
    }

    /**
     * @param serverNow the time by the orchestrator's clock
     * @param heldId id of the session in memory, which was never published; null for none
     * @return those that running mounts may use besides the published one, the first to end first
     */
    List<PreviousSession> previous(Instant serverNow, String heldId) {
        return alive(serverNow).entrySet().stream()
                .filter(each ->
                        !each.getKey().equals(published) && !each.getKey().equals(heldId))
                .map(each -> new PreviousSession(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(KnownSessions::end).thenComparing(PreviousSession::getId))
                .toList();
    }
}
