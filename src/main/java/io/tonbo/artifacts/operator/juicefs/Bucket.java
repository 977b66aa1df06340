package io.tonbo.artifacts.operator.juicefs;

import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;

/** A bucket as a JuiceFS volume uses it: every key is {@code <volume>/} and a rest. */
public final class Bucket implements AutoCloseable {
    private Bucket() {}

    /**
     * @param address the bucket
     * @param keys its access key
     * @param pinned where to connect to
     * @param tls what to trust, or null for the JDK's default
     * @param timeouts deadlines
     * @return the open bucket; nothing has been sent yet
     */
    public static Bucket open(
            BucketAddress address, BucketKeys keys, PinnedEndpoint pinned, SSLContext tls, BucketTimeouts timeouts) {
        return null;
    }

    /**
     * Lists one key of the bucket: it exists, and the key is good.
     *
     * @throws BucketException if it does not, or is not
     */
    public void checkReachable() throws BucketException {}

    /**
     * Puts, gets, compares and deletes 100 random bytes under {@code <volume>/testing/}, in up to 3 tries.
     *
     * @param volume the volume's name
     * @throws BucketException of kind CHECK_FAILED if what was read is not what was written, else as the server refused
     */
    public void probe(String volume) throws BucketException {}

    /**
     * @param volume the volume's name
     * @param uuid the UUID our own volume has
     * @return true if nothing is under {@code <volume>/} but {@code testing/}, empty objects and a {@code juicefs_uuid} that
     *     holds this UUID
     * @throws BucketException if that cannot be read
     */
    public boolean isEmptyFor(String volume, UUID uuid) throws BucketException {
        return false;
    }

    /**
     * @param volume the volume's name
     * @return what {@code juicefs_uuid} holds, trimmed, or empty when there is no such object
     * @throws BucketException if that cannot be read
     */
    public Optional<String> readUuid(String volume) throws BucketException {
        return Optional.empty();
    }

    /**
     * Writes {@code juicefs_uuid} unless there is one that is not empty; another's stays as it is.
     *
     * @param volume the volume's name
     * @param uuid the volume's UUID
     * @return true if the object holds this UUID now
     * @throws BucketException if it can be neither read nor written
     */
    public boolean putUuidIfAbsent(String volume, UUID uuid) throws BucketException {
        return false;
    }

    @Override
    public void close() {}
}
