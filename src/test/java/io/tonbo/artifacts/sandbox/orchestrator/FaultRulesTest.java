package io.tonbo.artifacts.sandbox.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults are set by rules: for which call, how often, by whom; and whoever looks on is told. */
class FaultRulesTest extends OnOrchestrator {
    private void next(Operation operation, String preset) {
        orchestrator.faults().on(operation).inject(FaultPresets.named(preset));
    }

    private boolean reserved(String name) {
        return admin.workspace(handle, name).isPresent();
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
        assertThat(reserve.code()).isNull();
        assertThat(calls.last(1).calls()).extracting(CallLog.Call::code).containsExactly("not_found");
        assertThat(calls.last(2).calls()).isEqualTo(calls.calls().subList(2, 4));
        assertThat(calls.last(100)).isEqualTo(new CallLog.Last(calls.calls(), 4));
        assertThat(reserve.requestBody()).contains("\"bucket\":\"data\"");
        assertThat(calls.calls().toString()).doesNotContain(http.token());
        calls.clear();
        assertThat(calls.count(Operation.ANY)).isZero();
        Set<Operation> operations = new HashSet<>(Arrays.asList(Operation.values()));
        assertThat(operations).allMatch(o -> calls.count(o) == 0);
    }
}
