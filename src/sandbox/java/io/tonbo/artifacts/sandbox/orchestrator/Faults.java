package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The faults that are switched on. Rules of one stage form a queue: a call takes the first that matches it. Kept in
 * memory: a restart clears them.
 */
public final class Faults {
    /** Until cleared. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /**
     * @param operation which calls it is for; ANY for all
     * @param workspace the workspace's name, or null for all
     * @param skip how many matching calls pass first
     * @param times how many calls meet it then
     * @param fault what they meet
     */
    public record Rule(Operation operation, String workspace, int skip, int times, Fault fault) {
        /**
         * A rule as it comes over HTTP: with a fault, or the name of one of {@link FaultPresets}.
         *
         * @param operation null for ANY
         * @param workspace null for all
         * @param skip 0 if absent
         * @param times 1 if absent; -1 until cleared
         * @param fault or null
         * @param preset or null
         * @return the rule
         */
        @JsonCreator
        static Rule of(
                @JsonProperty("operation") Operation operation,
                @JsonProperty("workspace") String workspace,
                @JsonProperty("skip") int skip,
                @JsonProperty("times") int times,
                @JsonProperty("fault") Fault fault,
                @JsonProperty("preset") String preset) {
            Fault meant = preset == null ? fault : FaultPresets.named(preset);
            return new Rule(operation, workspace, skip, times == -1 ? ALWAYS : times, meant);
        }

        /** Fills in what was left out of a rule that came as JSON. */
        public Rule {
            operation = operation == null ? Operation.ANY : operation;
            times = times == 0 ? 1 : times;
            if (fault == null) {
                throw new IllegalArgumentException("fault is required");
            }
            if (skip < 0 || times < 0) {
                throw new IllegalArgumentException("skip and times must not be negative");
            }
        }
    }

    /**
     * A rule and what is left of it.
     *
     * @param id for {@link #clear(long)}
     * @param rule as it was set
     * @param skipLeft calls that still pass
     * @param timesLeft calls that still meet the fault
     */
    public record Active(long id, Rule rule, int skipLeft, int timesLeft) {}

    /**
     * A fault that a call has met.
     *
     * @param fault what
     * @param workspace the rule's workspace name, or null for all
     * @param snapshot what was stored when the rule was set, for a stale read
     */
    record Met(Fault fault, String workspace, StaleStore snapshot) {}

    private static final class Entry {
        private final long id;
        private final Rule rule;
        private final StaleStore snapshot;
        private int skipLeft;
        private int timesLeft;

        private Entry(long id, Rule rule, StaleStore snapshot) {
            this.id = id;
            this.rule = rule;
            this.snapshot = snapshot;
            this.skipLeft = rule.skip();
            this.timesLeft = rule.times();
        }

        private boolean matches(Operation operation, Set<String> names, Set<FaultKind> kinds) {
            return kinds.contains(rule.fault().kind())
                    && (rule.operation() == Operation.ANY || rule.operation() == operation)
                    && (rule.workspace() == null || names.contains(rule.workspace()));
        }

        private boolean spend() {
            if (skipLeft > 0) {
                skipLeft--;
                return false;
            }
            if (timesLeft != ALWAYS) {
                timesLeft--;
            }
            return true;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Supplier<StaleStore> snapshots;
    private long lastId;

    Faults(Supplier<StaleStore> snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * @param operation which calls
     * @return where the rule is completed
     */
    public Target on(Operation operation) {
        return new Target(this, operation, null, 0, 1);
    }

    /**
     * A rule being made: by default for every workspace, once, at the next call.
     *
     * @param faults where it goes
     * @param operation which calls
     * @param workspace the workspace's name, or null
     * @param skip calls that pass first
     * @param times calls that meet it
     */
    public record Target(Faults faults, Operation operation, String workspace, int skip, int times) {
        /**
         * @param name only calls for this workspace
         * @return the narrower target
         */
        public Target workspace(String name) {
            return new Target(faults, operation, name, skip, times);
        }

        /**
         * @param calls that pass first
         * @return the later target
         */
        public Target skipping(int calls) {
            return new Target(faults, operation, workspace, calls, times);
        }

        /**
         * @param calls that meet the fault
         * @return the longer target
         */
        public Target times(int calls) {
            return new Target(faults, operation, workspace, skip, calls);
        }

        /**
         * @return the target until it is cleared
         */
        public Target always() {
            return times(ALWAYS);
        }

        /**
         * Switches the fault on.
         *
         * @param fault what goes wrong
         * @return the rule's id
         */
        public long inject(Fault fault) {
            return faults.add(new Rule(operation, workspace, skip, times, fault));
        }
    }

    /**
     * @param rule what goes wrong when
     * @return its id
     */
    public long add(Rule rule) {
        StaleStore snapshot = rule.fault().kind() == FaultKind.STALE ? snapshots.get() : null;
        synchronized (this) {
            entries.add(new Entry(++lastId, rule, snapshot));
            return lastId;
        }
    }

    /**
     * @param id a rule's
     * @return whether it was still there
     */
    public synchronized boolean clear(long id) {
        return entries.removeIf(entry -> entry.id == id);
    }

    /** Switches every fault off. */
    public synchronized void clear() {
        entries.clear();
    }

    /**
     * @return the rules that have not been used up
     */
    public synchronized List<Active> active() {
        return entries.stream()
                .map(e -> new Active(e.id, e.rule, e.skipLeft, e.timesLeft))
                .toList();
    }

    synchronized Optional<Met> take(Operation operation, Set<String> names, Set<FaultKind> kinds) {
        for (Entry entry : List.copyOf(entries)) {
            if (entry.matches(operation, names, kinds)) {
                boolean met = entry.spend();
                if (entry.timesLeft == 0) {
                    entries.remove(entry);
                }
                if (met) {
                    return Optional.of(new Met(entry.rule.fault(), entry.rule.workspace(), entry.snapshot));
                }
            }
        }
        return Optional.empty();
    }
}
