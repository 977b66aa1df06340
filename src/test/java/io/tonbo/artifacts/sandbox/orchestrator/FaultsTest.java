package io.tonbo.artifacts.sandbox.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    @Test
    void aRuleWaitsForItsOperationItsWorkspaceAndItsTurn() throws Exception {
        Faults faults = orchestrator.faults();
        faults.on(Operation.GET).workspace("bb").skipping(1).times(2).inject(Fault.code("internal_error"));
        http.reserve("aa");
        http.reserve("bb");
        List<Integer> statuses = new ArrayList<>();
        for (String name : List.of("aa", "bb", "bb", "aa", "bb", "bb")) {
            statuses.add(http.get(path(name)).status());
        }
        assertThat(statuses).containsExactly(200, 200, 500, 200, 500, 200);
        long id = faults.on(Operation.ANY).always().inject(Fault.code("forbidden"));
        faults.on(Operation.ANY).inject(Fault.code("internal_error"));
        assertThat(http.get("/workspaces").status()).isEqualTo(403);
        assertThat(http.get(path("aa")).status()).isEqualTo(403);
        assertThat(faults.clear(id)).isTrue();
        assertThat(http.get(path("aa")).status()).isEqualTo(500);
        assertThat(http.get(path("aa")).status()).isEqualTo(200);
    }

    @Test
    void everyKindOfFaultHasAPreset() {
        Set<FaultKind> preset =
                FaultPresets.all().values().stream().map(Fault::kind).collect(Collectors.toSet());
        assertThat(preset).containsExactlyInAnyOrder(FaultKind.values());
    }

    @Test
    void faultsCanBeSetFromThisMachineOverHttp() throws Exception {
        String byPreset = "{\"operation\":\"list\",\"times\":2,\"preset\":\"rate_limited_2s\"}";
        assertThat(http.post("/sandbox/faults", byPreset).status()).isEqualTo(201);
        assertThat(http.get("/workspaces").header("Retry-After")).isEqualTo("2");
        Http.Answer active = http.get("/sandbox/faults");
        assertThat(active.json().at("/faults/0/timesLeft").asInt()).isEqualTo(1);
        String id = active.text("/faults/0/id");
        assertThat(http.delete("/sandbox/faults/" + id).status()).isEqualTo(204);
        assertThat(http.delete("/sandbox/faults/" + id).status()).isEqualTo(404);
        assertThat(http.get("/workspaces").status()).isEqualTo(200);

        String byHand = "{\"operation\":\"get\",\"workspace\":\"data\",\"times\":-1,"
                + "\"fault\":{\"kind\":\"unknownState\",\"text\":\"resting\"}}";
        assertThat(http.post("/sandbox/faults", byHand).status()).isEqualTo(201);
        http.reserve("data");
        assertThat(http.get(path("data")).text("/status")).isEqualTo("resting");
        assertThat(http.delete("/sandbox/faults").status()).isEqualTo(204);
        assertThat(http.get(path("data")).text("/status")).isEqualTo("pending_format");
        assertThat(http.get("/sandbox/presets").json().get("presets"))
                .hasSize(FaultPresets.all().size());
        assertThat(http.get("/sandbox/calls").json().get("calls")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"preset\":\"nonsense\"}",
                "{\"fault\":{\"kind\":\"nonsense\"}}",
                "{\"fault\":{\"kind\":\"answer\"}}",
                "{\"fault\":{\"kind\":\"wrongHandle\"}}",
                "{\"preset\":\"html\",\"operation\":\"fly\"}",
                "{\"preset\":\"html\",\"times\":-7}",
                "{\"preset\":\"html\",\"colour\":\"red\"}"
            })
    void aFaultThatMakesNoSenseIsRefused(String rule) throws Exception {
        assertThat(http.post("/sandbox/faults", rule).status()).isEqualTo(422);
        assertThat(orchestrator.faults().active()).isEmpty();
    }

    @Test
    void aPageOfAnotherSiteCannotSetFaults() throws Exception {
        String rule = "{\"preset\":\"html\"}";
        Http foreign = http.with("Origin", "http://evil.example.com");
        assertThat(foreign.post("/sandbox/faults", rule).status()).isEqualTo(403);
        assertThat(http.with("Content-Type", "text/plain")
                        .post("/sandbox/faults", rule)
                        .status())
                .isEqualTo(422);
        assertThat(Raw.statusFor(orchestrator.url().getPort(), "GET", "/sandbox/faults", "evil.example.com"))
                .isEqualTo(403);
        assertThat(Raw.statusFor(orchestrator.url().getPort(), "GET", "/sandbox/faults", "localhost"))
                .isEqualTo(200);
    }

    @Test
    void anObserverIsToldOfEachPhaseWithNothingDoneBeforeTheEffect() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        orchestrator.observe((operation, name, status, phase) ->
                seen.add(operation + " " + name + " " + status + " " + phase + " " + reserved("data")));
        http.reserve("data");
        next(Operation.DELETE, "lost_reply");
        assertThatThrownBy(() -> http.delete(path("data"))).isInstanceOf(IOException.class);
        await().until(() -> seen.size() == 6);
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "RESERVE data 0 BEFORE_EFFECT false",
                        "RESERVE data 201 AFTER_EFFECT_BEFORE_REPLY true",
                        "RESERVE data 201 AFTER_REPLY true",
                        "DELETE data 0 BEFORE_EFFECT true",
                        "DELETE data 202 AFTER_EFFECT_BEFORE_REPLY true",
                        "DELETE data 202 AFTER_REPLY true");
    }

    @Test
    void callsAreCountedAndRememberedWithTheirKeysButWithoutTheirToken() throws Exception {
        http.key("k1").reserve("data");
        http.get(path("data"));
        http.get(path("data"));
        http.get("/nowhere");
        CallLog calls = orchestrator.calls();
        assertThat(calls.count(Operation.GET)).isEqualTo(2);
        assertThat(calls.count(Operation.GET, "data")).isEqualTo(2);
        assertThat(calls.count(Operation.ANY)).isEqualTo(4);
        CallLog.Call reserve = calls.calls(Operation.RESERVE).get(0);
        assertThat(reserve.idempotencyKey()).isEqualTo("k1");
        assertThat(reserve.handle()).isEqualTo(handle);
        assertThat(reserve.status()).isEqualTo(201);
        assertThat(reserve.requestBody()).contains("\"bucket\":\"data\"");
        assertThat(calls.calls().toString()).doesNotContain(http.token());
        calls.clear();
        assertThat(calls.count(Operation.ANY)).isZero();
        Set<Operation> operations = new HashSet<>(Arrays.asList(Operation.values()));
        assertThat(operations).allMatch(o -> calls.count(o) == 0);
    }
}
