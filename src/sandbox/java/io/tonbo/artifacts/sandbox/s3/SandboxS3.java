package io.tonbo.artifacts.sandbox.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;

/**
 * A real S3 server on a free loopback port: it checks version 4 signatures of several access keys, keeps everything in memory,
 * and has only the buckets that the administrator made. A bucket that is absent, a key that is unknown and a secret that is
 * wrong are refused by the server itself; everything else that can go wrong is switched on in {@link #faults()}.
 */
public final class SandboxS3 implements AutoCloseable {
    private final S3Server server;

    private SandboxS3(S3Server server) {
        this.server = server;
    }

    /**
     * @return a running server, plain http
     */
    public static SandboxS3 start() {
        return new SandboxS3(new S3Server(null, 0));
    }

    /**
     * @param port on 127.0.0.1
     * @return a running server, plain http
     * @throws IllegalStateException if the port is taken
     */
    public static SandboxS3 start(int port) {
        return new SandboxS3(new S3Server(null, port));
    }

    /**
     * @param certificate the server's certificate and its key
     * @return a running server, https
     */
    public static SandboxS3 start(SSLContext certificate) {
        return new SandboxS3(new S3Server(certificate, 0));
    }

    /**
     * @return the URL to give as a bucket's endpoint
     */
    public URI endpoint() {
        return server.endpoint();
    }

    /**
     * Adds an access key, or gives it another secret. A key may do everything in every bucket but make and delete buckets.
     *
     * @param id the key's id
     * @param secret its secret
     */
    public void addKey(String id, String secret) {
        server.keys().put(id, secret);
    }

    /**
     * Adds a temporary access key; without its token it is refused as InvalidToken.
     *
     * @param id the key's id
     * @param secret its secret
     * @param token its session token
     */
    public void addKey(String id, String secret, String token) {
        addKey(id, secret);
        server.gatekeeper().expectToken(id, token);
    }

    /**
     * Removes an access key: from now on it is InvalidAccessKeyId.
     *
     * @param id the key's id
     */
    public void removeKey(String id) {
        server.keys().remove(id);
    }

    /**
     * Makes a bucket that takes signatures for any region.
     *
     * @param name its name
     */
    public void createBucket(String name) {
        store().createContainerInLocation(null, name);
    }

    /**
     * Makes a bucket that takes signatures for one region only, and answers others like Amazon and MinIO do: 400
     * AuthorizationHeaderMalformed.
     *
     * @param name its name
     * @param region its region, for example us-west-1 or auto
     */
    public void createBucket(String name, String region) {
        createBucket(name, region, new S3Effect.Answered(400, "AuthorizationHeaderMalformed"));
    }

    /**
     * Makes a bucket that takes signatures for one region only.
     *
     * @param name its name
     * @param region its region
     * @param complaint what another region is answered, for example 403 SignatureDoesNotMatch
     */
    public void createBucket(String name, String region, S3Effect.Answered complaint) {
        createBucket(name);
        server.gatekeeper().expectRegion(name, region, complaint);
    }

    /**
     * Deletes a bucket and all in it: from now on it is NoSuchBucket.
     *
     * @param name its name
     */
    public void deleteBucket(String name) {
        store().deleteContainer(name);
        server.gatekeeper().forgetRegion(name);
    }

    /**
     * Writes an object, past keys and faults.
     *
     * @param bucket a bucket
     * @param key the object's key
     * @param content its content
     */
    public void put(String bucket, String key, byte[] content) {
        store().putBlob(bucket, store().blobBuilder(key).payload(content).build());
    }

    /**
     * Reads an object, past keys and faults.
     *
     * @param bucket a bucket
     * @param key the object's key
     * @return its content, or empty when there is none
     */
    public Optional<byte[]> get(String bucket, String key) {
        Blob blob = store().getBlob(bucket, key);
        if (blob == null) {
            return Optional.empty();
        }
        try (InputStream content = blob.getPayload().openStream()) {
            return Optional.of(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Deletes an object, past keys and faults.
     *
     * @param bucket a bucket
     * @param key the object's key
     */
    public void delete(String bucket, String key) {
        store().removeBlob(bucket, key);
    }

    /**
     * @param bucket a bucket
     * @param prefix what the keys begin with; may be empty
     * @return the first thousand such keys in it, sorted
     */
    public List<String> keys(String bucket, String prefix) {
        return store().list(bucket, ListContainerOptions.Builder.prefix(prefix).recursive()).stream()
                .map(StorageMetadata::getName)
                .sorted()
                .toList();
    }

    /**
     * @return the switches for everything that can go wrong; a fault is on for {@link S3Match matching} requests
     */
    public S3Faults faults() {
        return server.faults();
    }

    /**
     * @param observer is told of each request once it has been handled, and before a byte of its reply is sent
     * @return ends that when closed
     */
    public S3Observer.Subscription observe(S3Observer observer) {
        return server.observe(observer);
    }

    /**
     * @return every request that arrived, the oldest first
     */
    public List<S3Request> requests() {
        return server.requests();
    }

    /** Empties {@link #requests()}. */
    public void forgetRequests() {
        server.forgetRequests();
    }

    /**
     * @return how many bytes of {@link S3Effect.Huge} answers a client let in so far
     */
    public long hugeBytesSent() {
        return server.hugeBytesSent();
    }

    private BlobStore store() {
        return server.store();
    }

    /** Stops the server; its data is gone. */
    @Override
    public void close() {
        server.close();
    }
}
