package io.tonbo.artifacts.operator.connection;

import static io.tonbo.artifacts.operator.connection.Freshness.BLOCKED;
import static io.tonbo.artifacts.operator.connection.Freshness.SETTLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tonbo.artifacts.operator.connection.SecretReadException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SecretCacheTest {
    private final SettableClock clock = new SettableClock();
    private final List<String> reads = new ArrayList<>();
    private Optional<SecretData> held = data("v1");
    private Kind failing;
    private final SecretCache cache = new SecretCache(this::read, clock, ConnectionTimings.DEFAULT);

    private Optional<SecretData> read(String namespace, String name) throws SecretReadException {
        reads.add(namespace + "/" + name);
        if (failing != null) {
            throw new SecretReadException(failing, namespace, name);
        }
        return held;
    }

    private static Optional<SecretData> data(String version) {
        return Optional.of(new SecretData(Map.of("token", "art_" + version), version));
    }

    private String version(Freshness freshness) throws SecretReadException {
        return cache.get("team-a", "conn", freshness)
                .map(SecretData::resourceVersion)
                .orElse("absent");
    }

    @Test
    void a_settled_secret_is_read_every_five_minutes_whoever_asks() throws Exception {
        assertThat(version(SETTLED)).isEqualTo("v1");
        held = data("v2");
        clock.advance(299);
        assertThat(version(SETTLED)).isEqualTo("v1");
        assertThat(reads).hasSize(1);

        clock.advance(1);
        assertThat(version(SETTLED)).isEqualTo("v2");
        assertThat(reads).hasSize(2);
    }

    @Test
    void somebody_blocked_on_it_has_it_read_every_thirty_seconds_and_all_profit() throws Exception {
        assertThat(version(BLOCKED)).isEqualTo("v1");
        held = data("v2");
        clock.advance(29);
        assertThat(version(BLOCKED)).isEqualTo("v1");
        clock.advance(1);
        assertThat(version(BLOCKED)).isEqualTo("v2");
        assertThat(version(SETTLED)).isEqualTo("v2");
        assertThat(reads).hasSize(2);
    }

    @Test
    void an_absent_secret_is_looked_for_every_thirty_seconds_by_itself() throws Exception {
        held = Optional.empty();
        assertThat(version(SETTLED)).isEqualTo("absent");
        held = data("v1");
        clock.advance(29);
        assertThat(version(SETTLED)).isEqualTo("absent");
        clock.advance(1);
        assertThat(version(SETTLED)).isEqualTo("v1");
    }

    @Test
    void a_forbidden_secret_is_told_from_an_absent_one_and_tried_every_thirty_seconds() throws Exception {
        failing = Kind.FORBIDDEN;
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> version(SETTLED))
                    .isInstanceOf(SecretReadException.class)
                    .hasMessageContaining("team-a/conn");
        }
        assertThat(reads).hasSize(1);

        failing = null;
        clock.advance(30);
        assertThat(version(SETTLED)).isEqualTo("v1");
    }

    @Test
    void a_secret_that_becomes_forbidden_is_no_longer_served() throws Exception {
        assertThat(version(SETTLED)).isEqualTo("v1");
        failing = Kind.FORBIDDEN;
        clock.advance(300);

        assertThatThrownBy(() -> version(SETTLED)).isInstanceOf(SecretReadException.class);
    }

    @Test
    void while_the_api_server_fails_the_last_reading_serves_on_and_it_is_not_stormed() throws Exception {
        assertThat(version(SETTLED)).isEqualTo("v1");
        failing = Kind.UNAVAILABLE;
        clock.advance(300);
        assertThat(version(SETTLED)).isEqualTo("v1");
        assertThat(version(BLOCKED)).isEqualTo("v1");
        assertThat(reads).hasSize(2);

        failing = null;
        held = data("v2");
        clock.advance(5);
        assertThat(version(SETTLED)).isEqualTo("v2");
    }

    @Test
    void an_api_server_that_fails_on_the_first_reading_is_an_exception_and_no_absent_secret() {
        failing = Kind.UNAVAILABLE;

        assertThatThrownBy(() -> version(SETTLED))
                .isInstanceOfSatisfying(
                        SecretReadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void what_was_refused_is_read_anew_at_once() throws Exception {
        assertThat(version(SETTLED)).isEqualTo("v1");
        held = data("v2");
        cache.forget("team-a", "conn");

        assertThat(version(SETTLED)).isEqualTo("v2");
    }

    @Test
    void secrets_of_one_name_in_two_namespaces_are_two() throws Exception {
        cache.get("team-a", "conn", SETTLED);
        cache.get("team-b", "conn", SETTLED);
        cache.get("team-a", "other", SETTLED);

        assertThat(reads).containsExactly("team-a/conn", "team-b/conn", "team-a/other");
    }

    @Test
    void many_who_ask_at_once_cost_one_get() throws Exception {
        AtomicInteger gets = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(20);
        CountDownLatch answered = new CountDownLatch(1);
        SecretCache shared = new SecretCache(
                (namespace, name) -> {
                    gets.incrementAndGet();
                    try {
                        answered.await(5, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return held;
                },
                clock,
                ConnectionTimings.DEFAULT);
        ExecutorService workers = Executors.newFixedThreadPool(20);
        try {
            List<Future<Optional<SecretData>>> answers = new ArrayList<>();
            for (int worker = 0; worker < 20; worker++) {
                answers.add(workers.submit(() -> {
                    started.countDown();
                    return shared.get("team-a", "conn", BLOCKED);
                }));
            }
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(50); // all of them are at it
            answered.countDown();
            for (Future<Optional<SecretData>> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(held);
            }
            assertThat(gets).hasValue(1);
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void the_values_do_not_show() {
        assertThat(data("SECRET").orElseThrow().toString().replace("resourceVersion=SECRET", ""))
                .doesNotContain("SECRET")
                .contains("token");
    }
}
