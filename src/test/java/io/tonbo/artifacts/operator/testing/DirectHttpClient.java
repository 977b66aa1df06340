package io.tonbo.artifacts.operator.testing;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Under a Kubernetes client, in place of a network: each request is answered on the spot. */
final class DirectHttpClient
        extends StandardHttpClient<DirectHttpClient, DirectHttpClient.Factory, DirectHttpClient.Builder> {
    /** Who answers. */
    interface Server {
        Answer answer(String method, String path, String body);
    }

    /** What is answered, in JSON. */
    record Answer(int code, String body) {}

    private final Server server;

    private DirectHttpClient(Builder builder) {
        super(builder, new AtomicBoolean());
        this.server = builder.getClientFactory().server();
    }

    /** Makes clients of one server. */
    record Factory(Server server) implements HttpClient.Factory {
        @Override
        public HttpClient.Builder newBuilder() {
            return new Builder(this);
        }
    }

    /** Nothing about it can be set. */
    static final class Builder extends StandardHttpClientBuilder<DirectHttpClient, Factory, Builder> {
        private Builder(Factory factory) {
            super(factory);
        }

        @Override
        public DirectHttpClient build() {
            return new DirectHttpClient(this);
        }

        @Override
        protected Builder newInstance(Factory factory) {
            return new Builder(factory);
        }
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
            StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        Answer answer = server.answer(request.method(), request.uri().getPath(), sent(request));
        return CompletableFuture.completedFuture(new Response(
                request,
                answer.code(),
                new Body(ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)), consumer)));
    }

    private static String sent(StandardHttpRequest request) {
        if (request.body() instanceof StandardHttpRequest.ByteArrayBodyContent bytes) {
            return new String(bytes.getContent(), StandardCharsets.UTF_8);
        }
        return request.bodyString();
    }

    /** Handed over in one piece; who has it asks for the next, of which there is none. */
    private static final class Body implements AsyncBody {
        private final ByteBuffer bytes;
        private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private boolean handed;

        private Body(ByteBuffer bytes, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            this.bytes = bytes;
            this.consumer = consumer;
        }

        @Override
        @SuppressWarnings("IllegalCatch")
        public void consume() {
            if (handed) {
                done.complete(null);
                return;
            }
            handed = true;
            try {
                consumer.consume(List.of(bytes), this);
                done.complete(null);
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        }

        @Override
        public CompletableFuture<Void> done() {
            return done;
        }

        @Override
        public void cancel() {
            done.cancel(false);
        }
    }

    private static final class Response extends StandardHttpHeaders implements HttpResponse<AsyncBody> {
        private final StandardHttpRequest request;
        private final int code;
        private final AsyncBody body;

        private Response(StandardHttpRequest request, int code, AsyncBody body) {
            super(Map.of("Content-Type", List.of("application/json")));
            this.request = request;
            this.code = code;
            this.body = body;
        }

        @Override
        public int code() {
            return code;
        }

        @Override
        public AsyncBody body() {
            return body;
        }

        @Override
        public HttpRequest request() {
            return request;
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }
    }

    @Override
    public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
            StandardWebSocketBuilder request, WebSocket.Listener listener) {
        throw new UnsupportedOperationException("nothing is watched");
    }

    @Override
    protected void doClose() {
        // Nothing is open.
    }
}
