package io.tonbo.artifacts.operator.status;

import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one object's operations failed with since each last succeeded. Each type of problem has its own beginning and
 * count, so that one that comes late gets the patience that the catalogue promises it, and keeps them while others take
 * turns with it, so that two that alternate do not look new for ever. Only the operation's success ends both.
 *
 * <p>Kept in memory: attempts start at one again after a restart, while {@code firstSeen} is read back from
 * {@code lastError}. Not safe for use by several threads; an object is reconciled by one at a time.
 */
public final class FailureHistory {
    /** How often one type of problem has been in the way, and since when. */
    private record Streak(Instant since, int attempts) {
        Streak again() {
            return new Streak(since, attempts + 1);
        }
    }

    /** An operation's failures since it last succeeded; there are no more streaks in it than types of problems. */
    private record Episode(Instant firstSeen, String firstRequestId, Map<ProblemType, Streak> streaks) {
        static Episode from(Instant firstSeen, String firstRequestId) {
            return new Episode(firstSeen, firstRequestId, new EnumMap<>(ProblemType.class));
        }
    }

    private final Map<String, Episode> byOperation = new HashMap<>();
    private LastError inherited;
    private boolean heir = true;

    /**
     * Takes over what an earlier process wrote into the object's status, for the first failure that is the same. Counts
     * once: what the status says later this process wrote itself, and remembers better.
     *
     * @param lastError the status' {@code lastError}, or null
     */
    public void inherit(LastError lastError) {
        if (heir) {
            inherited = lastError;
            heir = false;
        }
    }

    /**
     * @param operation what failed, such as {@code reserve}
     * @param problem how it failed
     * @param now the time
     * @return the failure with its history
     */
    public Failure failed(String operation, Problem problem, Instant now) {
        Episode episode = byOperation.get(operation);
        if (episode == null) {
            episode = begin(problem, now);
            byOperation.put(operation, episode);
        }
        Streak streak = episode.streaks()
                .compute(problem.type(), (type, before) -> before == null ? new Streak(now, 1) : before.again());
        return new Failure(
                operation.toLowerCase(Locale.ROOT),
                problem,
                episode.firstSeen(),
                episode.firstRequestId(),
                streak.since(),
                streak.attempts());
    }

    private Episode begin(Problem problem, Instant now) {
        LastError earlier = inherited;
        inherited = null;
        // A deletion that keeps failing has another reason after a while, and still the same code.
        boolean same = earlier != null
                && earlier.getFirstSeen() != null
                && (problem.row().reason().equals(earlier.getReason())
                        || problem.code().equals(earlier.getCode()));
        if (!same) {
            return Episode.from(now, problem.requestId());
        }
        Episode episode = Episode.from(earlier.getFirstSeen(), earlier.getRequestId());
        // Since when this very problem was there is not written anywhere; that it was there before us is.
        episode.streaks().put(problem.type(), new Streak(earlier.getFirstSeen(), 0));
        return episode;
    }

    /**
     * @param operation an operation
     * @param now the time
     * @return for how long it has been failing, whatever with; zero when it is not
     */
    public Duration age(String operation, Instant now) {
        Episode episode = byOperation.get(operation);
        return episode == null ? Duration.ZERO : Failure.between(episode.firstSeen(), now);
    }

    /**
     * @param operation what succeeded: its failures are over
     */
    public void succeeded(String operation) {
        byOperation.remove(operation);
    }

    /** Everything succeeded. */
    public void clear() {
        byOperation.clear();
        inherited = null;
    }
}
