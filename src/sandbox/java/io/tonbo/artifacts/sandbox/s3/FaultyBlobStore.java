package io.tonbo.artifacts.sandbox.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.BlobMetadata;
import org.jclouds.blobstore.domain.PageSet;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.CopyOptions;
import org.jclouds.blobstore.options.GetOptions;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.jclouds.rest.AuthorizationException;

/**
 * The store as one request may use it: behind the checked signature, so that a denial comes when and as a real server's does.
 */
final class FaultyBlobStore extends ForwardingBlobStore {
    /** The effect on the request that this thread is handling, or null. */
    static final ThreadLocal<S3Effect> CURRENT = new ThreadLocal<>();

    private final S3Effect effect;

    /**
     * @param store the store, for the request that this thread is handling
     */
    FaultyBlobStore(BlobStore store) {
        super(store);
        this.effect = CURRENT.get();
    }

    private void check() {
        if (effect instanceof S3Effect.Denied) {
            throw new AuthorizationException("denied by the sandbox");
        }
    }

    @Override
    public PageSet<? extends StorageMetadata> list(String container, ListContainerOptions options) {
        check();
        return super.list(container, options);
    }

    @Override
    public Blob getBlob(String container, String name) {
        return getBlob(container, name, GetOptions.NONE);
    }

    @Override
    public Blob getBlob(String container, String name, GetOptions options) {
        check();
        Blob blob = super.getBlob(container, name, options);
        return blob != null && effect instanceof S3Effect.Corrupted ? corrupted(blob) : blob;
    }

    private static Blob corrupted(Blob blob) {
        try (InputStream content = blob.getPayload().openStream()) {
            byte[] bytes = content.readAllBytes();
            if (bytes.length > 0) {
                bytes[0] ^= 1;
            }
            var metadata = blob.getPayload().getContentMetadata();
            blob.setPayload(bytes);
            blob.getPayload().setContentMetadata(metadata);
            return blob;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public BlobMetadata blobMetadata(String container, String name) {
        check();
        return super.blobMetadata(container, name);
    }

    @Override
    public String putBlob(String container, Blob blob) {
        check();
        return super.putBlob(container, blob);
    }

    @Override
    public String putBlob(String container, Blob blob, PutOptions options) {
        check();
        return super.putBlob(container, blob, options);
    }

    @Override
    public String copyBlob(String from, String name, String to, String copy, CopyOptions options) {
        check();
        return super.copyBlob(from, name, to, copy, options);
    }

    @Override
    public void removeBlob(String container, String name) {
        check();
        super.removeBlob(container, name);
    }

    @Override
    public void removeBlobs(String container, Iterable<String> names) {
        check();
        super.removeBlobs(container, names);
    }
}
