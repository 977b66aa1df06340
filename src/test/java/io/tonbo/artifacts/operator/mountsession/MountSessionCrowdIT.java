package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.SimulatedClock;
import io.tonbo.artifacts.sandbox.orchestrator.CallLog.Call;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.orchestrator.SessionState;
import io.tonbo.artifacts.sandbox.orchestrator.StoredSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand sessions of one account, applied within one minute, in simulated time: its budget holds at every second. */
class MountSessionCrowdIT {
    private static final int CROWD = 1000;
    private static final int PER_SECOND = 20;
    private static final Duration TTL = Duration.ofMinutes(30);

    /** The longest wait between two attempts, and what the crowd takes at the rate of its account. */
    private static final Duration CAPPED_DELAY = Duration.ofSeconds(60);

    private static final Duration AT_FULL_RATE = Duration.ofSeconds(CROWD / PER_SECOND);

    private static List<String> names() {
        return IntStream.range(0, CROWD).mapToObj(i -> "mount-" + i).toList();
    }

    private static SimulatedSessions crowd(int size, Duration ttl) {
        SimulatedSessions simulation = new SimulatedSessions();
        for (int i = 0; i < size; i++) {
            String name = "mount-" + i;
            simulation.at(
                    SimulatedClock.after(Duration.ofMillis(i * 60_000L / size)), () -> simulation.apply(name, ttl));
        }
        return simulation;
    }

    private static Map<Long, Long> bySecond(Collection<Instant> times) {
        return times.stream()
                .collect(Collectors.groupingBy(Instant::getEpochSecond, TreeMap::new, Collectors.counting()));
    }

    private static List<Instant> times(List<Call> calls) {
        return calls.stream().map(Call::at).toList();
    }

    /** In no stretch of time, however long, are there more calls than it refills, and one second's worth saved up. */
    private static void assertWithinBudget(List<Call> calls) {
        List<Instant> times = times(calls);
        double saved = PER_SECOND;
        for (int i = 0; i < times.size(); i++) {
            if (i > 0) {
                double passed = Duration.between(times.get(i - 1), times.get(i)).toNanos() / 1e9;
                saved = Math.min(PER_SECOND, saved + passed * PER_SECOND);
            }
            saved -= 1;
            // Bucket and test round differently.
            assertThat(saved).as("at %s", times.get(i)).isGreaterThan(-0.01);
        }
    }

    private static void assertNoneWasWithoutCredential(SimulatedSessions simulation) {
        List<StoredSession> sessions = simulation.workspace().sessions();
        Instant end = simulation.clock().instant();
        for (String name : names()) {
            assertThat(simulation.timeline(name).gaps(sessions, end)).as(name).isEmpty();
            assertThat(simulation.timeline(name).unready(end)).as(name).isEmpty();
        }
        assertThat(sessions).extracting(StoredSession::state).doesNotContain(SessionState.REVOKED);
    }

    @Test
    void theirRenewalsAreSpreadAndEachIsValidThroughout() {
        try (SimulatedSessions simulation = crowd(CROWD, TTL)) {
            simulation.runUntil(SimulatedClock.after(Duration.ofMinutes(25)));

            assertNoneWasWithoutCredential(simulation);
            assertThat(simulation.calls()).hasSize(2 * CROWD);
            assertWithinBudget(simulation.calls());
            List<Instant> renewals = times(simulation.calls().subList(CROWD, 2 * CROWD));
            assertThat(bySecond(renewals).values()).as("renewals of one second").allMatch(count -> count <= PER_SECOND);
            // They were issued within 75 s, as fast as the budget allows new ones, and each has its own moment in 120
            // s.
            assertThat(Duration.between(renewals.get(0), renewals.get(CROWD - 1)))
                    .isBetween(Duration.ofSeconds(130), Duration.ofSeconds(200));
        }
    }

    @Test
    void anOutageInWhichAllFallDueEndsWithoutAStampede() {
        try (SimulatedSessions simulation = crowd(CROWD, TTL)) {
            var faults = simulation.workspace().orchestrator().faults();
            Instant back = SimulatedClock.after(Duration.ofSeconds(22 * 60 + 30));
            simulation.at(
                    SimulatedClock.after(Duration.ofSeconds(18 * 60 + 30)), () -> faults.on(Operation.OPEN_SESSION)
                            .always()
                            .inject(Fault.code("metadata_acl_provisioning_failed")));
            simulation.at(back, faults::clear);
            simulation.runUntil(SimulatedClock.after(Duration.ofMinutes(26)));

            assertNoneWasWithoutCredential(simulation);
            assertWithinBudget(simulation.calls());
            assertThat(simulation.workspace().sessions()).hasSize(2 * CROWD);
            for (String name : names()) {
                assertThat(simulation.timeline(name).published()).as(name).hasSize(2);
                assertThat(Duration.between(
                                back,
                                simulation.timeline(name).published().get(1).at()))
                        .as("%s is renewed after the outage", name)
                        .isBetween(Duration.ZERO, CAPPED_DELAY.plus(AT_FULL_RATE));
            }
        }
    }

    @Test
    void theMoreThereAreTheLessOftenEachSecretIsReadAndAllAreReadTwentyTimesASecondAtMost() {
        int size = 1500;
        try (SimulatedSessions simulation = crowd(size, Duration.ofHours(10))) {
            simulation.runUntil(SimulatedClock.after(Duration.ofMinutes(5)));
            Map<String, Long> reads = new TreeMap<>();
            simulation.kube().afterEachRead(path -> {
                if (path.contains("/secrets/mount-")) {
                    reads.merge(path, 1L, Long::sum);
                }
            });
            simulation.runUntil(SimulatedClock.after(Duration.ofMinutes(10)));

            assertThat(reads).hasSize(size);
            // Every 75 s in 300 s.
            assertThat(reads.values()).allMatch(count -> count == 4);
        }
    }
}
