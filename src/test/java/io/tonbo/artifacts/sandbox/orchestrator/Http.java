package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A plain HTTP client for one account: nothing of the operator in it. */
record Http(URI base, String token, Map<String, String> headers, Duration deadline) {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String STORAGE =
            "{\"bucket\":\"data\",\"endpoint\":\"https://s3.example.com\",\"region\":\"auto\",\"prefix\":\"p\"}";

    Http(URI base, String token, Map<String, String> headers) {
        this(base, token, headers, Duration.ofSeconds(30));
    }

    /** An answer as it came. */
    record Answer(int status, HttpHeaders headers, String body) {
        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }

        String text(String pointer) throws IOException {
            return json().at(pointer).asText();
        }

        String code() throws IOException {
            return text("/code");
        }

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

    static Http of(SandboxOrchestrator orchestrator, String handle) {
        return new Http(orchestrator.url(), orchestrator.admin().mintToken(handle, TokenKind.SERVICE), Map.of());
    }

    Http with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Http(base, token, more);
    }

    Http within(Duration time) {
        return new Http(base, token, headers, time);
    }

    Http key(String idempotencyKey) {
        return with("Idempotency-Key", idempotencyKey);
    }

    Http as(String otherToken) {
        return new Http(base, otherToken, headers);
    }

    Answer send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::header);
        HttpResponse<String> response = within(CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()));
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** The client's own timeout ends with the headers; this one is for the whole answer. */
    private <T> T within(CompletableFuture<T> answer) throws IOException, InterruptedException {
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer within " + deadline);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, null);
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    Answer reserve(String name) throws IOException, InterruptedException {
        return post("/workspaces", "{\"name\":\"" + name + "\",\"backend\":\"byo\",\"storage\":" + STORAGE + "}");
    }

    Answer confirm(String handle, String name) throws IOException, InterruptedException {
        return post("/workspaces/" + handle + "/" + name + "/format-completed", null);
    }

    Answer open(String handle, String name, String mode) throws IOException, InterruptedException {
        return post(
                "/workspaces/" + handle + "/" + name + "/mount-sessions",
                "{\"mode\":\"" + mode + "\",\"ttl_seconds\":3600}");
    }
}
