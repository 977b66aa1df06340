package io.tonbo.artifacts.sandbox.s3;

import java.lang.reflect.Field;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/** s3proxy over an in-memory store on a loopback port, with {@link S3Front} before it. */
public final class S3Server implements AutoCloseable {
    private final BlobStoreContext context;
    private final S3Proxy proxy;
    private final S3Front front;
    private final boolean tls;

    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final S3Faults faults = new S3Faults();
    private final S3Gatekeeper gatekeeper = new S3Gatekeeper();
    private final S3RequestLog log = new S3RequestLog();

    /**
     * Starts it.
     *
     * @param sslContext the server's certificate, or null for plain http
     * @param port on 127.0.0.1; 0 for a free one
     */
    public S3Server(SSLContext sslContext, int port) {
        tls = sslContext != null;
        context = ContextBuilder.newBuilder("transient")
                .credentials("none", "none")
                .overrides(new Properties())
                .build(BlobStoreContext.class);
        S3Proxy.Builder builder = S3Proxy.builder()
                .awsAuthentication(AuthenticationType.AWS_V4, "unused", "unused")
                .ignoreUnknownHeaders(true);
        proxy = (tls
                        ? builder.secureEndpoint(URI.create("https://127.0.0.1:" + port))
                                .sslContext(sslContext)
                        : builder.endpoint(URI.create("http://127.0.0.1:" + port)))
                .build();
        proxy.setBlobStoreLocator((identity, bucket, key) -> {
            String secret = identity == null ? null : keys.get(identity);
            return secret == null ? null : Map.entry(secret, new FaultyBlobStore(store()));
        });
        Server jetty = jettyOf(proxy);
        front = new S3Front(jetty.getHandler(), faults, gatekeeper, log);
        jetty.setHandler(front);
        // Requests that are never answered are not waited for.
        jetty.setStopTimeout(0);
        start();
    }

    /** s3proxy has no hook before its handler; its server is private. */
    private static Server jettyOf(S3Proxy proxy) {
        try {
            Field field = S3Proxy.class.getDeclaredField("server");
            field.setAccessible(true);
            return (Server) field.get(proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this s3proxy keeps its server elsewhere", e);
        }
    }

    private void start() {
        try {
            proxy.start();
        } catch (Exception e) {
            context.close();
            throw new IllegalStateException("the S3 server did not start", e);
        }
    }

    /**
     * @return its URL
     */
    public URI endpoint() {
        return tls
                ? URI.create("https://127.0.0.1:" + proxy.getSecurePort())
                : URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /**
     * @return the store behind it
     */
    public BlobStore store() {
        return context.getBlobStore();
    }

    /**
     * @return access keys: id to secret; changes take effect at once
     */
    public Map<String, String> keys() {
        return keys;
    }

    /**
     * @return the faults
     */
    public S3Faults faults() {
        return faults;
    }

    /**
     * @return regions and session tokens
     */
    public S3Gatekeeper gatekeeper() {
        return gatekeeper;
    }

    /**
     * @param observer is told of each request before its reply
     * @return ends that when closed
     */
    public S3Observer.Subscription observe(S3Observer observer) {
        return log.add(observer);
    }

    /**
     * @return the requests that arrived, the oldest first
     */
    public List<S3Request> requests() {
        return log.requests();
    }

    /** Empties {@link #requests()}. */
    public void forgetRequests() {
        log.forget();
    }

    /**
     * @return how much of {@link S3Effect.Huge} answers could be sent, in bytes
     */
    public long hugeBytesSent() {
        return front.hugeBytesSent();
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server did not stop", e);
        } finally {
            context.close();
        }
    }
}
