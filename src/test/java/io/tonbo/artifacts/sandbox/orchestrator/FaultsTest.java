package io.tonbo.artifacts.sandbox.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that can be made to go wrong on the way of an answer, and whether its effect was taken. */
class FaultsTest extends OnOrchestrator {
    private void next(Operation operation, String preset) {
        orchestrator.faults().on(operation).inject(FaultPresets.named(preset));
    }

    private boolean reserved(String name) {
        return admin.workspace(handle, name).isPresent();
    }

    static Map<String, Integer> documented() {
        return DocumentedCodes.all();
    }

    static List<String> codes() {
        return List.copyOf(DocumentedCodes.all().keySet());
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyDocumentedCodeIsAnsweredWithItsStatusOnceAndWithoutEffect(String code) throws Exception {
        next(Operation.RESERVE, code);
        Http.Answer answer = http.reserve("data");
        assertThat(answer.status()).isEqualTo(documented().get(code));
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.text("/message")).isNotBlank();
        assertThat(reserved("data")).isFalse();
        assertThat(http.reserve("data").status()).isEqualTo(201);
    }

    @Test
    void theDocumentedCodesAreThoseOfThePublicReference() {
        assertThat(documented())
                .containsOnly(
                        Map.entry("unauthorized", 401),
                        Map.entry("forbidden", 403),
                        Map.entry("workspace_not_found", 404),
                        Map.entry("workspace_exists", 409),
                        Map.entry("workspace_not_active", 409),
                        Map.entry("workspace_not_completable", 409),
                        Map.entry("setting_key_missing", 422),
                        Map.entry("metadata_acl_provisioning_failed", 500),
                        Map.entry("invalid_request", 422),
                        Map.entry("internal_error", 500));
    }

    @Test
    void aServerIsBusyInEveryWay() throws Exception {
        Map<String, Integer> busy = Map.of(
                "rate_limited", 429,
                "rate_limited_2s", 429,
                "rate_limited_until", 429,
                "rate_limited_for_ever", 429,
                "rate_limited_bare", 429,
                "bad_gateway", 502,
                "unavailable", 503,
                "unavailable_2s", 503,
                "gateway_timeout", 504);
        for (Map.Entry<String, Integer> one : busy.entrySet()) {
            next(Operation.LIST, one.getKey());
            assertThat(http.get("/workspaces").status()).as(one.getKey()).isEqualTo(one.getValue());
        }
        List<String> headers = new ArrayList<>();
        for (String preset : List.of("rate_limited", "rate_limited_2s", "rate_limited_for_ever", "unavailable_2s")) {
            next(Operation.LIST, preset);
            headers.add(http.get("/workspaces").header("Retry-After"));
        }
        assertThat(headers).containsExactly(null, "2", "1000000000", "2");
        next(Operation.LIST, "rate_limited_until");
        assertThat(http.get("/workspaces").header("Retry-After")).endsWith("GMT");
    }

    @Test
    void anAnswerMayNotBeWhatWasAskedFor() throws Exception {
        next(Operation.LIST, "unknown_code");
        assertThat(documented()).doesNotContainKey(http.get("/workspaces").code());
        next(Operation.LIST, "html");
        Http.Answer html = http.get("/workspaces");
        assertThat(html.status()).isEqualTo(200);
        assertThat(html.header("Content-Type")).isEqualTo("text/html");
        next(Operation.LIST, "array");
        assertThat(http.get("/workspaces").json().isArray()).isTrue();
        next(Operation.LIST, "deeply_nested");
        assertThat(http.get("/workspaces").body()).hasSize(200_000).startsWith("[[[");
        next(Operation.LIST, "content_type");
        Http.Answer typed = http.get("/workspaces");
        assertThat(typed.header("Content-Type")).isEqualTo("text/plain");
        assertThat(typed.json().has("workspaces")).isTrue();
        next(Operation.LIST, "nasty_message");
        assertThat(http.get("/workspaces").text("/message"))
                .contains("\u001b[31m", "\n", "\u0000", "<script>", "\u202e");
    }

    @Test
    void aRedirectPointsElsewhereAndItShowsWhoFollows() throws Exception {
        try (OtherOrigin elsewhere = OtherOrigin.start()) {
            orchestrator.faults().on(Operation.GET).inject(Fault.redirect(elsewhere.url()));
            Http.Answer answer = http.get(path("data"));
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("Location")).isEqualTo(elsewhere.url().toString());
            assertThat(elsewhere.requests()).isZero();
            new Http(elsewhere.url(), "art_x", Map.of()).get("/");
            assertThat(elsewhere.requests()).isEqualTo(1);
            assertThat(elsewhere.credentials()).isEqualTo(1);
        }
    }

    @Test
    void aLostRequestHasNoEffectAndALostReplyHas() throws Exception {
        next(Operation.RESERVE, "lost_request");
        assertThatThrownBy(() -> http.reserve("data")).isInstanceOf(IOException.class);
        assertThat(reserved("data")).isFalse();
        next(Operation.RESERVE, "lost_reply");
        Http keyed = http.key("k");
        assertThatThrownBy(() -> keyed.reserve("data")).isInstanceOf(IOException.class);
        assertThat(reserved("data")).isTrue();
        assertThat(keyed.reserve("data").status())
                .as("the first answer, replayed")
                .isEqualTo(201);
        assertThat(http.reserve("data").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESERVE", "CONFIRM", "DELETE", "OPEN_SESSION", "CLOSE_SESSION"})
    void aReplyCanBeLostAfterEachEffect(Operation operation) throws Exception {
        admin.makeAsCli(handle, "formatted", STORAGE, CliProgress.FORMATTED);
        makeActive("active");
        String session = http.open(handle, "active", "rw").text("/session/id");
        next(operation, "lost_reply");
        assertThatThrownBy(() -> {
                    switch (operation) {
                        case RESERVE -> http.reserve("fresh");
                        case CONFIRM -> http.confirm(handle, "formatted");
                        case DELETE -> http.delete(path("formatted"));
                        case OPEN_SESSION -> http.open(handle, "active", "ro");
                        case CLOSE_SESSION -> http.delete("/mount-sessions/" + session);
                        default -> throw new IllegalArgumentException(operation.name());
                    }
                })
                .isInstanceOf(IOException.class);
        WorkspaceState formatted =
                admin.workspace(handle, "formatted").orElseThrow().state();
        int sessions = admin.sessions(handle, "active").size();
        switch (operation) {
            case RESERVE -> assertThat(reserved("fresh")).isTrue();
            case CONFIRM -> assertThat(formatted).isEqualTo(WorkspaceState.ACTIVE);
            case DELETE -> assertThat(formatted).isIn(WorkspaceState.DELETING, WorkspaceState.DELETED);
            case OPEN_SESSION -> assertThat(sessions).isEqualTo(2);
            default -> assertThat(sessions).isZero();
        }
    }

    @Test
    void aBodyMayBeCutOrEndlessOrSlowOrLate() throws Exception {
        next(Operation.LIST, "truncated");
        assertThatThrownBy(() -> http.get("/workspaces")).isInstanceOf(IOException.class);
        next(Operation.LIST, "oversized");
        Http.Answer large = http.get("/workspaces");
        assertThat(large.body().length()).isGreaterThan(50_000_000);
        assertThat(large.body()).startsWith("{\"padding\":\"aaa").endsWith("a\",\"workspaces\":[]}");
        orchestrator.faults().on(Operation.LIST).inject(Fault.of(FaultKind.DRIP, Duration.ofMillis(5)));
        assertThat(http.get("/workspaces").json().has("workspaces")).isTrue();
        for (String slow : List.of("drip", "late")) {
            next(Operation.RESERVE, slow);
            assertThatThrownBy(() -> http.within(Duration.ofMillis(1500)).reserve("data-" + slow))
                    .as(slow)
                    .isInstanceOf(HttpTimeoutException.class);
            assertThat(reserved("data-" + slow)).isTrue();
        }
    }

    @Test
    void aServerErrorMayComeAfterTheEffect() throws Exception {
        Http keyed = http.key("k");
        next(Operation.RESERVE, "internal_error_after_effect");
        assertThat(keyed.reserve("one").code()).isEqualTo("internal_error");
        assertThat(reserved("one")).isTrue();
        assertThat(keyed.reserve("one").status()).as("nothing kept to replay").isEqualTo(409);
        Http other = http.key("k2");
        next(Operation.RESERVE, "gateway_timeout_after_effect");
        assertThat(other.reserve("two").status()).isEqualTo(504);
        assertThat(other.reserve("two").status()).as("the server had answered").isEqualTo(201);
        next(Operation.RESERVE, "acl_failure_after_effect");
        assertThat(http.reserve("three").code()).isEqualTo("metadata_acl_provisioning_failed");
        assertThat(http.reserve("three").text("/existing/format/metadata_url")).startsWith("redis://");
        makeActive("four");
        next(Operation.OPEN_SESSION, "acl_failure_after_effect");
        assertThat(http.open(handle, "four", "rw").status()).isEqualTo(500);
        assertThat(admin.sessions(handle, "four")).hasSize(1);
    }

    @Test
    void aGrantMayBeMissingShortOrDead() throws Exception {
        http.reserve("data");
        next(Operation.RESERVE, "conflict_without_format");
        assertThat(http.reserve("data").json().get("existing").has("format")).isFalse();
        next(Operation.RESERVE, "short_grant");
        Instant ends = Instant.parse(http.reserve("data").text("/existing/format/expires_at"));
        assertThat(ends).isBefore(Instant.now().plusSeconds(31));
        for (String dead : List.of("wrong_password", "dead_user")) {
            next(Operation.RESERVE, dead);
            String url = http.reserve("data").text("/existing/format/metadata_url");
            assertThatThrownBy(() -> Metadata.open(url).close()).as(dead).hasMessageContaining("WRONGPASS");
        }
        Metadata.open(http.reserve("data").text("/existing/format/metadata_url"))
                .close();
        next(Operation.RESERVE, "metadata_elsewhere");
        URI elsewhere = URI.create(http.reserve("data").text("/existing/format/metadata_url"));
        assertThat(elsewhere).hasScheme("redis").hasHost("127.0.0.1").hasPort(1);
        assertThat(elsewhere.getUserInfo()).startsWith("format-");
    }

    @Test
    void aSettingMayBeLookedForInAnotherPlace() throws Exception {
        admin.makeAsCli(handle, "data", STORAGE, CliProgress.FORMATTED);
        orchestrator.faults().on(Operation.CONFIRM).times(2).inject(FaultPresets.named("setting_elsewhere"));
        assertThat(http.confirm(handle, "data").code()).isEqualTo("setting_key_missing");
        assertThat(http.confirm(handle, "data").code()).isEqualTo("setting_key_missing");
        assertThat(http.confirm(handle, "data").status()).isEqualTo(200);
    }

    @Test
    void aReadMayBeStale() throws Exception {
        http.reserve("old");
        orchestrator.faults().on(Operation.ANY).always().inject(FaultPresets.named("stale"));
        http.reserve("new");
        admin.forceState(handle, "old", WorkspaceState.ACTIVE);
        assertThat(http.get("/workspaces").json().get("workspaces")).hasSize(1);
        assertThat(http.get(path("new")).status()).isEqualTo(404);
        assertThat(http.get(path("old")).text("/status")).isEqualTo("pending_format");
        orchestrator.faults().clear();
        assertThat(http.get("/workspaces").json().get("workspaces")).hasSize(2);
        assertThat(http.get(path("old")).text("/status")).isEqualTo("active");
    }

    @Test
    void aRowMayLookStrangeAndOnlyThatRow() throws Exception {
        http.reserve("odd");
        http.reserve("even");
        Map<String, String> shown = Map.of(
                "unknown_state", "/status",
                "wrong_handle", "/handle",
                "storage_null", "/storage",
                "tombstone", "/status",
                "replaced", "/id");
        for (Map.Entry<String, String> one : shown.entrySet()) {
            String real = http.get(path("odd")).json().at(one.getValue()).toString();
            orchestrator.faults().on(Operation.ANY).workspace("odd").times(2).inject(FaultPresets.named(one.getKey()));
            assertThat(http.get(path("even")).json().at(one.getValue())).isNotNull();
            assertThat(http.get(path("odd")).json().at(one.getValue()).toString())
                    .as(one.getKey())
                    .isNotEqualTo(real);
            Http.Answer list = http.get("/workspaces");
            assertThat(list.json().at("/workspaces/0" + one.getValue()).toString())
                    .isNotEqualTo(real);
            assertThat(list.json().at("/workspaces/1"))
                    .isEqualTo(http.get(path("even")).json());
            assertThat(orchestrator.faults().active()).isEmpty();
        }
    }

    @Test
    void aListMayHoldARowOfAnotherKind() throws Exception {
        http.reserve("data");
        next(Operation.LIST, "extra_row");
        Http.Answer list = http.get("/workspaces");
        assertThat(list.text("/workspaces/0/name")).isEqualTo("Managed_Data");
        assertThat(list.json().at("/workspaces/0/storage").isNull()).isTrue();
        assertThat(list.text("/workspaces/1/name")).isEqualTo("data");
    }
}
