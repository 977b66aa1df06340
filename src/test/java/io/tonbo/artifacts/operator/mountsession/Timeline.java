package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.PreviousSession;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.sandbox.orchestrator.StoredSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What one MountSession published and said, and when: to be compared with what the orchestrator knows. */
final class Timeline {
    /** From that moment until the next, the Secret holds this session. */
    record Published(Instant at, String sessionId) {}

    /** From that moment until the next, the status says this. */
    record Said(Instant at, boolean ready, String sessionId, Set<String> previous) {}

    /** A stretch of time; its end is not in it. */
    record Stretch(Instant from, Instant to) {
        boolean has(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    private final List<Published> published = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();

    void published(Instant at, String sessionId) {
        published.add(new Published(at, sessionId));
    }

    void said(Instant at, MountSession object) {
        if (object.getStatus() == null) {
            return;
        }
        said.add(new Said(
                at,
                Kstatus.isTrue(object, "Ready"),
                object.getStatus().getSessionId(),
                object.getStatus().getPreviousSessions().stream()
                        .map(PreviousSession::getId)
                        .collect(Collectors.toCollection(TreeSet::new))));
    }

    List<Published> published() {
        return published;
    }

    List<Said> said() {
        return said;
    }

    /** When it had published and its Secret held no session that lives. */
    List<Stretch> gaps(Collection<StoredSession> sessions, Instant end) {
        Map<String, StoredSession> byId =
                sessions.stream().collect(Collectors.toMap(StoredSession::id, Function.identity()));
        List<Stretch> gaps = new ArrayList<>();
        for (int i = 0; i < published.size(); i++) {
            Instant over = byId.get(published.get(i).sessionId()).expiresAt();
            Instant next = i + 1 < published.size() ? published.get(i + 1).at() : end;
            if (over.isBefore(next)) {
                gaps.add(new Stretch(over, next));
            }
        }
        return gaps;
    }

    /** When it had been Ready and was not any more. */
    List<Stretch> unready(Instant end) {
        List<Stretch> stretches = new ArrayList<>();
        Instant since = null;
        boolean everReady = false;
        for (Said each : said) {
            everReady |= each.ready();
            if (everReady && !each.ready() && since == null) {
                since = each.at();
            } else if (each.ready() && since != null) {
                stretches.add(new Stretch(since, each.at()));
                since = null;
            }
        }
        if (since != null) {
            stretches.add(new Stretch(since, end));
        }
        return stretches;
    }
}
