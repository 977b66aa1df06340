package io.tonbo.artifacts.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.connection.Accounts;
import io.tonbo.artifacts.operator.connection.Caller;
import io.tonbo.artifacts.operator.connection.Connection;
import io.tonbo.artifacts.operator.connection.ConnectionTimings;
import io.tonbo.artifacts.operator.connection.GuardedOrchestrator;
import io.tonbo.artifacts.operator.connection.LastTokens;
import io.tonbo.artifacts.operator.connection.NotNow;
import io.tonbo.artifacts.operator.connection.OrchestratorBreaker;
import io.tonbo.artifacts.operator.connection.TokenSource;
import io.tonbo.artifacts.operator.orchestrator.BearerToken;
import io.tonbo.artifacts.operator.orchestrator.ClientTimeouts;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorAddress;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorClient;
import io.tonbo.artifacts.operator.orchestrator.OrchestratorException;
import io.tonbo.artifacts.operator.orchestrator.TrustMaterial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An orchestrator that really does not listen, behind the real breaker, until it is back. */
class WakeUpsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
    private final List<ResourceID> woken = new CopyOnWriteArrayList<>();
    private OrchestratorClient client;
    private OrchestratorBreaker breaker;
    private GuardedOrchestrator orchestrator;
    private WakeUps<Workspace> wakeUps;
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        Random random = new Random(3);
        client = new OrchestratorClient(
                OrchestratorAddress.parse("http://127.0.0.1:" + portWithNobody()),
                TrustMaterial.system(),
                ClientTimeouts.DEFAULT);
        breaker = new OrchestratorBreaker(now::get, ConnectionTimings.DEFAULT, random);
        orchestrator = new GuardedOrchestrator(
                client,
                new Accounts(1000, now::get, ConnectionTimings.DEFAULT, random),
                breaker,
                null,
                new LastTokens());
        connection = new Connection(BearerToken.parse("art_0123456789abcdef"), new TokenSource("team", "token"));
        wakeUps = new WakeUps<>(orchestrator);
        wakeUps.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID()));
        wakeUps.start();
    }

    @AfterEach
    void stop() {
        wakeUps.stop();
        client.close();
    }

    private static int portWithNobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ResourceID object(int number) {
        return new ResourceID("w" + number, "team");
    }

    private void theOrchestratorGoesOut() {
        for (int call = 0; call < 5; call++) {
            Caller caller = Caller.ordinary("uid-" + call);
            assertThatThrownBy(() -> orchestrator.call(connection, caller, (c, token) -> c.list(token, null, 1)))
                    .isInstanceOf(OrchestratorException.class);
        }
        assertThat(breaker.open()).isTrue();
    }

    private void itIsBack() throws OrchestratorException, NotNow {
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
        orchestrator.call(connection, Caller.ordinary("uid-0"), (c, token) -> "an answer");
        assertThat(breaker.open()).isFalse();
    }

    @Test
    void allWhoWaitForTheOrchestratorAreWokenOnceWhenItIsBack() throws Exception {
        theOrchestratorGoesOut();
        IntStream.range(0, 30).forEach(i -> wakeUps.add(object(i), WakeUps.Cause.ORCHESTRATOR));
        wakeUps.add(object(0), WakeUps.Cause.ORCHESTRATOR);

        itIsBack();

        await().until(() -> woken.size() >= 30);
        assertThat(woken).hasSize(30).doesNotHaveDuplicates();

        theOrchestratorGoesOut();
        itIsBack();
        assertThat(woken).as("nobody waited").hasSize(30);
        assertThat(wakeUps.recoveries()).isEqualTo(2);
    }

    @Test
    void whoWaitsForSomethingElseSleepsOn() throws Exception {
        theOrchestratorGoesOut();
        wakeUps.add(object(1), WakeUps.Cause.TIME);
        wakeUps.add(object(2), WakeUps.Cause.TOKEN);
        wakeUps.add(object(3), WakeUps.Cause.ORCHESTRATOR);
        wakeUps.remove(object(3));
        wakeUps.add(object(4), WakeUps.Cause.ORCHESTRATOR);

        itIsBack();

        await().until(() -> !woken.isEmpty());
        assertThat(woken).containsExactly(object(4));
    }

    @Test
    void theyAreWokenOneAfterAnother() throws Exception {
        List<Long> at = new CopyOnWriteArrayList<>();
        wakeUps.setEventHandler(event -> at.add(System.nanoTime()));
        theOrchestratorGoesOut();
        IntStream.range(0, 100).forEach(i -> wakeUps.add(object(i), WakeUps.Cause.ORCHESTRATOR));

        itIsBack();

        await().until(() -> at.size() == 100);
        // The last is due 495 ms after the first; a slow machine only makes it later.
        assertThat(Duration.ofNanos(at.get(99) - at.get(0))).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void whenItStopsNobodyIsWoken() throws Exception {
        theOrchestratorGoesOut();
        wakeUps.add(object(1), WakeUps.Cause.ORCHESTRATOR);

        wakeUps.stop();
        itIsBack();

        assertThat(woken).isEmpty();
    }
}
