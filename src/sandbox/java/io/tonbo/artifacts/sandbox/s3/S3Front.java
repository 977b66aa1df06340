package io.tonbo.artifacts.sandbox.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.gaul.shaded.org.eclipse.jetty.http.HttpField;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.io.EofException;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** Sees every request before the S3 server does: faults that a network or an overloaded server makes, regions, observers. */
final class S3Front extends Handler.Wrapper {
    private static final byte[] SPACES = " ".repeat(65_536).getBytes(StandardCharsets.US_ASCII);

    private final S3Faults faults;
    private final S3Gatekeeper gatekeeper;
    private final S3RequestLog log;
    private final AtomicLong hugeBytesSent = new AtomicLong();

    S3Front(Handler server, S3Faults faults, S3Gatekeeper gatekeeper, S3RequestLog log) {
        super(server);
        this.faults = faults;
        this.gatekeeper = gatekeeper;
        this.log = log;
    }

    long hugeBytesSent() {
        return hugeBytesSent.get();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        S3Request asked = S3Request.of(
                request.getMethod(),
                request.getHttpURI().getPath(),
                request.getHttpURI().getQuery(),
                request.getHeaders().get(HttpHeader.AUTHORIZATION));
        log.arrived(asked);
        S3Effect effect = faults.strike(asked).orElse(null);
        Response observed =
                new ReplyGate(request, response, () -> log.handled(asked), effect instanceof S3Effect.ReplyLost);
        Optional<S3Effect.Answered> refusal =
                gatekeeper.refusal(asked, request.getHeaders().get("x-amz-security-token"));
        if (effect == null && refusal.isPresent()) {
            effect = refusal.get();
        }
        return strike(effect, request, observed, callback);
    }

    private boolean strike(S3Effect effect, Request request, Response response, Callback callback) throws Exception {
        if (effect instanceof S3Effect.Answered answer) {
            return document(response, callback, answer.status(), answer.code());
        } else if (effect instanceof S3Effect.Redirected redirect) {
            response.getHeaders().put(HttpHeader.LOCATION, redirect.location().toString());
            return document(response, callback, redirect.status(), "PermanentRedirect");
        } else if (effect instanceof S3Effect.Foreign foreign) {
            return body(response, callback, foreign.status(), foreign.contentType(), foreign.body());
        } else if (effect instanceof S3Effect.Huge huge) {
            return huge(response, callback, huge.bytes());
        } else if (effect instanceof S3Effect.Silent) {
            return true;
        } else if (effect instanceof S3Effect.RequestLost) {
            request.getConnectionMetaData().getConnection().getEndPoint().close();
            callback.failed(new EofException("the sandbox lost this request"));
            return true;
        } else if (effect instanceof S3Effect.Slow slow && !paused(slow.delay())) {
            callback.failed(new EofException("the server stopped"));
            return true;
        }
        FaultyBlobStore.CURRENT.set(effect);
        try {
            return super.handle(request, response, callback);
        } finally {
            FaultyBlobStore.CURRENT.remove();
        }
    }

    private static boolean paused(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean document(Response response, Callback callback, int status, String code) {
        return body(
                response,
                callback,
                status,
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code>"
                        + "<Message>the sandbox's own words, to be shown to nobody</Message></Error>");
    }

    private static boolean body(Response response, Callback callback, int status, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put(new HttpField(HttpHeader.CONTENT_TYPE, type));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
        return true;
    }

    private boolean huge(Response response, Callback callback, long bytes) {
        response.setStatus(200);
        response.getHeaders().put(new HttpField(HttpHeader.CONTENT_TYPE, "application/xml"));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes);
        byte[] start = "<?xml version=\"1.0\"?><ListBucketResult><Name>".getBytes(StandardCharsets.US_ASCII);
        try {
            Content.Sink.write(response, false, ByteBuffer.wrap(start));
            long left = bytes - start.length;
            while (left > 0) {
                int size = (int) Math.min(left, SPACES.length);
                Content.Sink.write(response, false, ByteBuffer.wrap(SPACES, 0, size));
                hugeBytesSent.addAndGet(size);
                left -= size;
            }
            response.write(true, ByteBuffer.allocate(0), callback);
        } catch (IOException e) {
            callback.failed(e);
        }
        return true;
    }
}
