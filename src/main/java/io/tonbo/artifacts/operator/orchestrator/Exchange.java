package io.tonbo.artifacts.operator.orchestrator;

import io.tonbo.artifacts.operator.telemetry.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;

/**
 * Sends one request and reads its answer, within a deadline for the whole and a bound for its size. Understands HTTP, not
 * the answers.
 */
final class Exchange implements AutoCloseable {
    /** Largest body that is read, in bytes. */
    static final int MAX_BODY = 1 << 20;

    private static final String REQUEST_ID = "X-Request-Id";

    private final OrchestratorAddress address;
    private final ClientTimeouts timeouts;
    private final InstantSource clock;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor alarms;
    private final ServerClock serverClock = new ServerClock();

    Exchange(OrchestratorAddress address, TrustMaterial trust, ClientTimeouts timeouts, InstantSource clock) {
        this.address = address;
        this.timeouts = timeouts;
        this.clock = clock;
        this.client = StrictHttpClient.create(trust, timeouts);
        this.alarms = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "orchestrator-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        this.alarms.setRemoveOnCancelPolicy(true);
    }

    RawAnswer send(BearerToken token, RequestSpec spec, Traces.Step step) throws OrchestratorException {
        if (!spec.sound()) {
            throw new OrchestratorException(new FailureFacts(
                    "invalid_request", 0, "a name or id in the request is empty, . or ..", null, null, false, null));
        }
        String requestId = UUID.randomUUID().toString();
        HttpUriRequestBase request = spec.at(address);
        request.setHeader(HttpHeaders.AUTHORIZATION, token.headerValue());
        request.setHeader(REQUEST_ID, requestId);
        step.headers(request::setHeader);
        ExchangeProgress progress = new ExchangeProgress(address, timeouts, requestId);
        try {
            Future<?> alarm = alarms.schedule(
                    () -> {
                        progress.expire();
                        request.cancel();
                    },
                    timeouts.call().toNanos(),
                    TimeUnit.NANOSECONDS);
            try {
                return exchange(request, progress);
            } finally {
                alarm.cancel(false);
            }
        } catch (IOException | RuntimeException e) {
            throw new OrchestratorException(progress.failure(e));
        }
    }

    private RawAnswer exchange(HttpUriRequestBase request, ExchangeProgress progress) throws IOException {
        HttpHost host = HttpHost.create(address.base());
        HttpClientContext context = HttpClientContext.create();
        Instant sent = clock.instant();
        try (ClassicHttpResponse response = client.executeOpen(host, request, context)) {
            if (host.getSchemeName().equals("https") && context.getSSLSession() == null) {
                // What a proxy answers to CONNECT is handed up as if the orchestrator had said it.
                throw new ProxyRefusedException();
            }
            progress.answered(response.getCode());
            Instant serverTime = serverTime(sent, response);
            byte[] body = body(response, request);
            return new RawAnswer(
                    response.getCode(),
                    header(response, HttpHeaders.CONTENT_TYPE),
                    header(response, HttpHeaders.LOCATION),
                    ServerText.requestId(header(response, REQUEST_ID), progress.requestId()),
                    RetryAfter.parse(header(response, HttpHeaders.RETRY_AFTER), serverTime),
                    body);
        }
    }

    private static byte[] body(ClassicHttpResponse response, HttpUriRequestBase request) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > MAX_BODY) {
            request.cancel();
            throw new AnswerTooLargeException();
        }
        try (InputStream content = entity.getContent()) {
            byte[] body = content.readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                // Closing alone would read the rest, however long it is.
                request.cancel();
                throw new AnswerTooLargeException();
            }
            return body;
        }
    }

    private Instant serverTime(Instant sent, ClassicHttpResponse response) {
        Instant now = clock.instant();
        Instant parsed = HttpDate.parse(header(response, HttpHeaders.DATE));
        if (parsed == null) {
            return now;
        }
        serverClock.told(sent, now, parsed);
        return parsed;
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    Optional<Duration> serverTimeOffset() {
        return serverClock.ahead();
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        alarms.shutdownNow();
    }
}
