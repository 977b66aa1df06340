package io.tonbo.artifacts.sandbox.orchestrator;

import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends an answer, or what is left of it after a fault on the wire. Runs on the event loop. */
final class Transmitter {
    private static final int PADDING = 65_536;

    private final Vertx vertx;

    Transmitter(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Completes when all is sent or the connection is closed. */
    Future<Void> send(Reply reply, HttpServerRequest request) {
        if (reply.status() == 0) {
            return reset(request.connection());
        }
        Fault fault = reply.onTheWire();
        HttpServerResponse response = request.response();
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        if (fault == null) {
            return response.end(Buffer.buffer(reply.body()));
        }
        return switch (fault.kind()) {
            case LOST_REPLY -> request.connection().close();
            case TRUNCATED -> truncated(reply, request);
            case OVERSIZED -> oversized(reply, response, fault.bytes());
            case DRIP -> drip(reply, response, fault.millis());
            case LATE -> late(reply, response, fault.millis());
            case CONTENT_TYPE ->
                response.putHeader("Content-Type", fault.text()).end(Buffer.buffer(reply.body()));
            default -> throw new IllegalArgumentException(fault.kind() + " is not of the wire");
        };
    }

    private static Future<Void> reset(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            // Zero linger makes the close a reset.
            base.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        return connection.close();
    }

    private static Future<Void> truncated(Reply reply, HttpServerRequest request) {
        Buffer whole = Buffer.buffer(reply.body());
        int length = Math.max(2, whole.length());
        Buffer half = whole.getBuffer(0, whole.length() / 2);
        return request.response()
                .putHeader("Content-Length", Integer.toString(length))
                .write(half)
                .compose(sent -> request.connection().close());
    }

    private static Future<Void> oversized(Reply reply, HttpServerResponse response, long bytes) {
        response.setChunked(true);
        Buffer padding = Buffer.buffer("a".repeat(PADDING));
        String tail = reply.body().length() > 2 ? "\"," + reply.body().substring(1) : "\"}";
        return response.write("{\"padding\":\"")
                .compose(sent -> pad(response, padding, bytes))
                .compose(sent -> response.end(tail));
    }

    private static Future<Void> pad(HttpServerResponse response, Buffer padding, long left) {
        if (left <= 0) {
            return Future.succeededFuture();
        }
        return response.write(padding).compose(sent -> pad(response, padding, left - PADDING));
    }

    private Future<Void> drip(Reply reply, HttpServerResponse response, long millis) {
        Promise<Void> done = Promise.promise();
        AtomicInteger next = new AtomicInteger();
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.putHeader("Content-Length", Integer.toString(body.length));
        vertx.setPeriodic(Math.max(1, millis), timer -> {
            int index = next.getAndIncrement();
            if (response.closed() || index >= body.length) {
                vertx.cancelTimer(timer);
                (response.closed() ? Future.<Void>succeededFuture() : response.end()).onComplete(done);
            } else {
                response.write(Buffer.buffer(new byte[] {body[index]}));
            }
        });
        return done.future();
    }

    private Future<Void> late(Reply reply, HttpServerResponse response, long millis) {
        Promise<Void> done = Promise.promise();
        vertx.setTimer(Math.max(1, millis), timer -> (response.closed()
                        ? Future.<Void>succeededFuture()
                        : response.end(Buffer.buffer(reply.body())))
                .onComplete(done));
        return done.future();
    }
}
