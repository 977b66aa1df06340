package io.tonbo.artifacts.operator.testing;

import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.redis.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A plain HTTP proxy in front of the API server, each caller with the bearer token it brings. It remembers every write, can
 * do something between a write's effect and its reply, lose that reply, or answer in the API server's stead. Watches stream
 * through. Use it by {@link io.tonbo.artifacts.sandbox.kube.Kubeconfig#via}.
 */
public final class KubeApiProxy implements AutoCloseable {
    private static final Map<Integer, String> REASONS = Map.of(
            403, "Forbidden",
            404, "NotFound",
            409, "Conflict",
            422, "Invalid",
            429, "TooManyRequests",
            500, "InternalError",
            503, "ServiceUnavailable");
    private static final String CALL = "call";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final List<Write> writes = new CopyOnWriteArrayList<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private volatile Hook hook = (call, status) -> Reply.FORWARD;

    /**
     * A write that the API server answered.
     *
     * @param call what was asked
     * @param status HTTP status of the answer, so whether it had an effect
     */
    public record Write(KubeCall call, int status) {}

    /** Called after a write had its effect (or was refused) and before its reply is sent. May take its time. */
    @FunctionalInterface
    public interface Hook {
        /**
         * @param call what was asked
         * @param status HTTP status of the answer
         * @return what becomes of the reply
         */
        Reply afterEffect(KubeCall call, int status);
    }

    private record Fault(Predicate<KubeCall> which, int status, AtomicInteger left) {}

    private KubeApiProxy(KubeCluster cluster) {
        HttpClientOptions toServer = new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(cluster.caCertificatePem())))
                // A watch holds its connection.
                .setMaxPoolSize(500);
        HttpProxy proxy = HttpProxy.reverseProxy(vertx.createHttpClient(toServer))
                .origin(cluster.server().getPort(), cluster.server().getHost())
                .addInterceptor(new Interceptor());
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
        server = await(vertx.createHttpServer(options).requestHandler(proxy).listen());
    }

    /**
     * @param cluster whose API server it stands in front of
     * @return the proxy, listening on a free loopback port
     */
    public static KubeApiProxy inFrontOf(KubeCluster cluster) {
        return new KubeApiProxy(cluster);
    }

    /**
     * @return its base URL
     */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /**
     * @return every write that reached the API server through this proxy, in the order of the answers; faults left out
     */
    public List<Write> writes() {
        return List.copyOf(writes);
    }

    /**
     * @param newHook called for every write from now on, in place of the one before, on a thread of its own
     */
    public void afterEachWrite(Hook newHook) {
        hook = newHook;
    }

    /**
     * Answers in the API server's stead, which never sees the request.
     *
     * @param which requests are meant, reads included
     * @param status HTTP status: 403, 404, 409, 422, 429, 500 or 503
     * @param times how often; Fabric8's client asks again by itself after 429 and 5xx
     */
    public void refuse(Predicate<KubeCall> which, int status, int times) {
        if (!REASONS.containsKey(status)) {
            throw new IllegalArgumentException("status " + status + " is none of " + REASONS.keySet());
        }
        faults.add(new Fault(which, status, new AtomicInteger(times)));
    }

    /** From now on everything passes undisturbed; what was remembered stays. */
    public void heal() {
        faults.clear();
        hook = (call, status) -> Reply.FORWARD;
    }

    /** Closes every connection. */
    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the proxy of the Kubernetes API did not start or end", e);
        }
    }

    private final class Interceptor implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            KubeCall call = KubeCall.parse(
                    context.request().getMethod().name(),
                    context.request().proxiedRequest().path());
            context.set(CALL, call);
            for (Fault fault : faults) {
                if (fault.which().test(call) && fault.left().getAndDecrement() > 0) {
                    return Future.succeededFuture(refusal(context, fault.status()));
                }
            }
            return context.sendRequest().onSuccess(response -> {
                if (call.isWrite()) {
                    writes.add(new Write(call, response.getStatusCode()));
                }
            });
        }

        @Override
        public Future<Void> handleProxyResponse(ProxyContext context) {
            KubeCall call = context.get(CALL, KubeCall.class);
            int status = context.response().getStatusCode();
            if (!call.isWrite()) {
                return context.sendResponse();
            }
            Hook now = hook;
            return vertx.executeBlocking(() -> now.afterEffect(call, status), false)
                    .compose(reply -> reply == Reply.FORWARD ? context.sendResponse() : drop(context));
        }

        private Future<Void> drop(ProxyContext context) {
            context.response().release();
            return context.request().proxiedRequest().connection().close();
        }

        private ProxyResponse refusal(ProxyContext context, int status) {
            Buffer body = new JsonObject()
                    .put("kind", "Status")
                    .put("apiVersion", "v1")
                    .put("metadata", new JsonObject())
                    .put("status", "Failure")
                    .put("message", "refused by a test")
                    .put("reason", REASONS.get(status))
                    .put("code", status)
                    .toBuffer();
            ProxyResponse response = context.request()
                    .release()
                    .response()
                    .setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .setBody(Body.body(body));
            return status == 429 ? response.putHeader("retry-after", "1") : response;
        }
    }
}
