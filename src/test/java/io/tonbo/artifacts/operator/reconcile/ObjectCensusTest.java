package io.tonbo.artifacts.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects are counted when somebody looks, and a state that was seen once keeps its series. */
class ObjectCensusTest {
    private static final String READY = "Ready=TRUE:CredentialPublished";
    private static final String STALLED = "Ready=FALSE:Unauthorized Stalled=TRUE:Unauthorized";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-05-01T10:00:00Z");
    private final List<MountSession> cache = new ArrayList<>();
    private final ObjectCensus census = new ObjectCensus(meters, () -> now);

    @BeforeEach
    void watch() {
        census.watch(MountSession.class, cache::stream);
    }

    private MountSession add(String conditions, Instant expiry) {
        MountSession session = ObjectStandingTest.session(false, false, conditions);
        session.getStatus().setExpiresAt(expiry);
        cache.add(session);
        census.saw(session);
        return session;
    }

    private double count(String state, String reason) {
        return meters.get("artifacts_objects")
                .tags("kind", "MountSession", "state", state, "reason", reason)
                .gauge()
                .value();
    }

    private double untilExpiry(String renewal) {
        return meters.get("artifacts_session_expiry_seconds")
                .tag("renewal", renewal)
                .gauge()
                .value();
    }

    @Test
    void objectsAreCountedByHowTheyStand() {
        add(READY, null);
        add(READY, null);
        add(STALLED, null);

        assertThat(count("ready", "CredentialPublished")).isEqualTo(2);
        assertThat(count("stalled", "Unauthorized")).isEqualTo(1);
        assertThat(count("unseen", "None")).isZero();
    }

    /** The framework's caches are not there before it starts, and a standby does not start. */
    @Test
    void beforeTheFirstReconcileNoCacheIsAsked() {
        SimpleMeterRegistry standby = new SimpleMeterRegistry();
        new ObjectCensus(standby, () -> now).watch(MountSession.class, () -> {
            throw new IllegalStateException("not started");
        });

        assertThat(standby.get("artifacts_objects").gauge().value()).isZero();
        assertThat(standby.get("artifacts_session_expiry_seconds").gauge().value())
                .isNaN();
    }

    /** The framework puts the finalizer on first: where it may not, nothing is ever reconciled. */
    @Test
    void whatNobodyCouldReconcileIsUnseen() {
        cache.add(ObjectStandingTest.session(false, false, ""));
        assertThat(count("unseen", "None")).isZero();

        census.begin();
        now = now.plusSeconds(2);

        assertThat(count("unseen", "None")).isEqualTo(1);
    }

    @Test
    void aStateThatNobodyIsInAnyMoreIsAtZero() {
        add(STALLED, null);
        assertThat(count("stalled", "Unauthorized")).isEqualTo(1);

        cache.clear();
        now = now.plusSeconds(2);

        assertThat(count("stalled", "Unauthorized")).isZero();
    }

    @Test
    void moreObjectsAreNoMoreSeries() {
        add(READY, null);
        add(STALLED, null);
        int few = meters.getMeters().size();
        for (int i = 0; i < 100; i++) {
            add(i % 2 == 0 ? READY : STALLED, now.plusSeconds(i));
        }

        assertThat(meters.getMeters()).hasSize(few);
    }

    @Test
    void theCredentialThatEndsFirstIsTold() {
        assertThat(untilExpiry("due")).isNaN();
        now = now.plusSeconds(10);
        add(READY, now.plus(Duration.ofHours(2)));
        add(READY, now.plus(Duration.ofMinutes(5)));
        MountSession suspended = add(READY, now.plusSeconds(1));
        suspended.getSpec().setSuspend(true);
        MountSession deleted = add(READY, now.plusSeconds(1));
        deleted.getMetadata().setDeletionTimestamp("2026-05-01T10:00:00Z");

        assertThat(untilExpiry("due")).isEqualTo(300);
        assertThat(untilExpiry("blocked")).isNaN();
    }

    /** Whoever is warned that it ends is not to hear that all is well once it has ended. */
    @Test
    void oneThatHasEndedIsToldBelowZero() {
        add(STALLED, now.minusSeconds(60));

        assertThat(untilExpiry("blocked")).isEqualTo(-60);
    }

    /** One that is renewed every few minutes says nothing about another, which can't be and has hours. */
    @Test
    void whatCannotBeRenewedIsToldApart() {
        add(READY, now.plusSeconds(60));
        add(READY + " Renewed=FALSE:OrchestratorUnreachable", now.plus(Duration.ofHours(5)));
        add(STALLED, now.plus(Duration.ofHours(3)));

        assertThat(untilExpiry("due")).isEqualTo(60);
        assertThat(untilExpiry("blocked")).isEqualTo(3 * 3600);
    }
}
