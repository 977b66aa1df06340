package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.mountsession.Timeline.Published;
import io.tonbo.artifacts.operator.mountsession.Timeline.Said;
import io.tonbo.artifacts.operator.mountsession.Timeline.Stretch;
import io.tonbo.artifacts.operator.testing.SimulatedClock;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.orchestrator.SessionState;
import io.tonbo.artifacts.sandbox.orchestrator.StoredSession;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weeks of an hour's sessions, in simulated time, compared second by second with what the orchestrator knows of them. */
class MountSessionMonthIT {
    private static final Duration TTL = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String ONE = "mount-0";
    private static final String OTHER = "mount-1";

    /** The longest wait between two attempts, and between two probes of an orchestrator that was out, jitter included. */
    private static final Duration CAPPED_DELAY = Duration.ofSeconds(60);

    private static final Duration PROBE = Duration.ofSeconds(36);

    private static Map<String, StoredSession> sessions(SimulatedSessions simulation) {
        return simulation.workspace().sessions().stream()
                .collect(Collectors.toMap(StoredSession::id, Function.identity()));
    }

    /** The sessions that it published, in order; every one that was opened is among those of somebody. */
    private static List<StoredSession> chain(SimulatedSessions simulation, String name) {
        Map<String, StoredSession> all = sessions(simulation);
        return simulation.timeline(name).published().stream()
                .map(Published::sessionId)
                .map(all::get)
                .toList();
    }

    private static void assertRenewedInTheWindow(StoredSession session, StoredSession next) {
        double granted =
                Duration.between(session.issuedAt(), session.expiresAt()).toMillis();
        double used = Duration.between(session.issuedAt(), next.issuedAt()).toMillis();
        // Its issue is recorded in whole seconds.
        assertThat(used / granted).isBetween(0.6333 - 1000 / granted, 0.70);
    }

    /** Sessions that Pods may use besides the published one: status names all of them, and none that has ended. */
    private static void assertPreviousSessions(SimulatedSessions simulation, String name, Duration late) {
        Map<String, StoredSession> all = sessions(simulation);
        List<Published> published = simulation.timeline(name).published();
        for (Said said : simulation.timeline(name).said()) {
            Set<String> live = published.stream()
                    .filter(each -> !each.at().isAfter(said.at()))
                    .map(each -> all.get(each.sessionId()))
                    .filter(each -> said.at().isBefore(each.expiresAt().truncatedTo(ChronoUnit.SECONDS)))
                    .map(StoredSession::id)
                    .filter(id -> !id.equals(said.sessionId()))
                    .collect(Collectors.toSet());
            assertThat(said.previous()).as("%s", said).containsAll(live);
            assertThat(said.previous()).as("%s", said).allSatisfy(id -> assertThat(said.at())
                    .isBefore(all.get(id).expiresAt().plus(late)));
        }
    }

    /** At no time do more than so many of one object's sessions live. */
    private static void assertAtMostTwoLive(List<StoredSession> chain) {
        for (int i = 2; i < chain.size(); i++) {
            assertThat(chain.get(i).issuedAt())
                    .isAfterOrEqualTo(chain.get(i - 2).expiresAt());
        }
    }

    @Test
    void forThirtyDaysTheSecretHoldsACredentialThatWorksAndEachRenewalIsInItsWindow() {
        try (SimulatedSessions simulation = new SimulatedSessions()) {
            simulation.apply(ONE, TTL);
            for (int day = 1; day <= 30; day++) {
                simulation.runUntil(SimulatedClock.after(Duration.ofDays(day)));
                simulation.workspace().admin().sweep();
            }

            Instant end = simulation.clock().instant();
            Timeline timeline = simulation.timeline(ONE);
            List<StoredSession> chain = chain(simulation, ONE);
            assertThat(chain).hasSizeBetween(30 * 24 * 60 / 42, 30 * 24 * 60 / 38 + 1);
            for (int i = 1; i < chain.size(); i++) {
                assertRenewedInTheWindow(chain.get(i - 1), chain.get(i));
            }
            assertThat(simulation.calls())
                    .hasSize(chain.size())
                    .allMatch(call -> call.operation() == Operation.OPEN_SESSION);
            assertThat(simulation.workspace().sessions()).isEqualTo(chain);
            assertAtMostTwoLive(chain);
            assertThat(timeline.gaps(chain, end)).isEmpty();
            assertThat(timeline.unready(end)).isEmpty();
            assertPreviousSessions(simulation, ONE, Duration.ZERO);
            // Issued once, renewed, and pruned after each renewal: nothing else is worth a write.
            assertThat(timeline.said()).hasSizeBetween(2 * chain.size() - 2, 2 * chain.size());
        }
    }

    /** Seeded: one stretch in each day, of minutes to hours. */
    private static List<Stretch> outages(int days) {
        Random random = new Random(20_261_123);
        List<Stretch> outages = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            Instant from = SimulatedClock.after(Duration.ofDays(day).plusMinutes(60 + random.nextInt(12 * 60)))
                    .plusMillis(random.nextInt(60_000));
            Duration length = Duration.ofSeconds((long) (180 * Math.pow(100, random.nextDouble())));
            outages.add(new Stretch(from, from.plus(length)));
        }
        return outages;
    }

    @Test
    void anOutageCostsNoMoreThanTheTimeAfterTheCredentialsEndAndReadyIsFalseJustThen() {
        List<Stretch> outages = outages(10);
        try (SimulatedSessions simulation = new SimulatedSessions()) {
            simulation.apply(ONE, TTL);
            simulation.apply(OTHER, TTL);
            outages.forEach(outage -> simulation.away(outage));
            simulation.runUntil(SimulatedClock.after(Duration.ofDays(10).plusHours(12)));

            int gaps = 0;
            for (String name : List.of(ONE, OTHER)) {
                gaps += assertGaps(simulation, name, outages);
                assertPreviousSessions(simulation, name, CAPPED_DELAY);
            }
            assertThat(gaps).as("some outages outlast a credential").isBetween(4, 20);
            assertThat(simulation.workspace().sessions())
                    .extracting(StoredSession::state)
                    .containsOnly(SessionState.RAN_OUT, SessionState.LIVE);
        }
    }

    /** Each credential that ends within an outage is missed until soon after it, and no other. */
    private static int assertGaps(SimulatedSessions simulation, String name, List<Stretch> outages) {
        Instant end = simulation.clock().instant();
        Timeline timeline = simulation.timeline(name);
        List<StoredSession> chain = chain(simulation, name);
        assertAtMostTwoLive(chain);
        List<Stretch> gaps = timeline.gaps(chain, end);
        List<Instant> forced = chain.stream()
                .map(StoredSession::expiresAt)
                .filter(over -> chain.stream()
                        .noneMatch(other -> other.issuedAt().isBefore(over)
                                && other.expiresAt().isAfter(over)))
                .filter(over -> over.isBefore(end))
                .toList();
        assertThat(gaps).extracting(Stretch::from).isEqualTo(forced);
        for (Stretch gap : gaps) {
            Stretch outage = outages.stream()
                    .filter(each -> each.has(gap.from()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(gap + " is nobody's fault: " + outages));
            assertThat(Duration.between(outage.to(), gap.to()))
                    .as("recovery after %s", outage)
                    .isBetween(Duration.ZERO, CAPPED_DELAY.plus(PROBE));
        }
        List<Stretch> unready = timeline.unready(end);
        assertThat(unready).hasSameSizeAs(gaps);
        for (int i = 0; i < gaps.size(); i++) {
            assertThat(unready.get(i).from())
                    .as("not Ready from its end on")
                    .isBetween(gaps.get(i).from().minus(SECOND), gaps.get(i).from());
            assertThat(unready.get(i).to()).isEqualTo(gaps.get(i).to());
        }
        return gaps.size();
    }

    @ParameterizedTest(name = "{0} ms ahead")
    @ValueSource(longs = {90_250, -3_599_500})
    void clocksThatDifferAndProcessesThatTakeOverCostNoSession(long ahead) {
        try (SimulatedSessions simulation = new SimulatedSessions()) {
            simulation.workspace().orchestrator().behaviour().clockOffset(Duration.ofMillis(ahead));
            simulation.apply(ONE, TTL);
            Random random = new Random(ahead);
            for (int restart = 1; restart <= 18; restart++) {
                simulation.at(
                        SimulatedClock.after(Duration.ofMillis(restart * 7_200_000L + random.nextInt(7_200_000))),
                        simulation::restart);
            }
            simulation.runUntil(SimulatedClock.after(Duration.ofDays(2)));

            Instant end = simulation.clock().instant();
            List<StoredSession> chain = chain(simulation, ONE);
            assertThat(simulation.timeline(ONE).gaps(chain, end)).isEmpty();
            assertThat(simulation.timeline(ONE).unready(end)).isEmpty();
            assertAtMostTwoLive(chain);
            // The very first may have to be asked for before anything is known of the other clock.
            List<StoredSession> opened = simulation.workspace().sessions();
            assertThat(opened.subList(1, opened.size()))
                    .extracting(StoredSession::state)
                    .containsOnly(SessionState.RAN_OUT, SessionState.LIVE);
            for (int i = 2; i < chain.size(); i++) {
                assertRenewedInTheWindow(chain.get(i - 1), chain.get(i));
            }
        }
    }
}
