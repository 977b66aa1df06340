package io.tonbo.artifacts.operator.juicefs;

import static io.tonbo.artifacts.operator.juicefs.BucketOperation.DELETE;
import static io.tonbo.artifacts.operator.juicefs.BucketOperation.GET;
import static io.tonbo.artifacts.operator.juicefs.BucketOperation.LIST;
import static io.tonbo.artifacts.operator.juicefs.BucketOperation.PUT;

import io.tonbo.artifacts.operator.telemetry.TraceKey;
import io.tonbo.artifacts.operator.telemetry.Traces;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket as a JuiceFS volume uses it: every key is {@code <volume>/} and a rest. Each call is one request with a deadline
 * and a bounded answer; nothing is retried but {@link #probe} by its own rule. The bucket is never created.
 */
public final class Bucket implements AutoCloseable {
    private static final int TRIES = 3;
    private static final int PROBE_BYTES = 100;
    private static final int PAGE = 1000;
    /** More left-over test objects than this, and the place is not one to put a volume. */
    private static final int MAX_PAGES = 20;

    private static final String TESTING = "/testing/";
    private static final String UUID_OBJECT = "/juicefs_uuid";

    private final S3Client s3;
    private final String name;
    private final Traces traces;
    private final SecureRandom random = new SecureRandom();

    private Bucket(S3Client s3, String name, Traces traces) {
        this.s3 = s3;
        this.name = name;
        this.traces = traces;
    }

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
        return open(address, keys, pinned, tls, timeouts, Traces.OFF);
    }

    static Bucket open(
            BucketAddress address,
            BucketKeys keys,
            PinnedEndpoint pinned,
            SSLContext tls,
            BucketTimeouts timeouts,
            Traces traces) {
        return new Bucket(BucketClients.open(address, keys, pinned, tls, timeouts), address.bucket(), traces);
    }

    /**
     * Lists one key of the bucket: it exists, and the key is good.
     *
     * @throws BucketException if it does not, or is not
     */
    public void checkReachable() throws BucketException {
        call(LIST, () -> s3.listObjectsV2(list -> list.bucket(name).maxKeys(1)));
    }

    /**
     * Puts, gets, compares and deletes 100 random bytes under {@code <volume>/testing/}. Where they do not come back as they
     * were, it tries twice more, as JuiceFS does; a refusal or an outage is reported at once.
     *
     * @param volume the volume's name
     * @throws BucketException of kind CHECK_FAILED if what was read is not what was written, else as the server refused
     * @throws IllegalArgumentException if that is no name for a volume
     */
    public void probe(String volume) throws BucketException {
        byte[] data = new byte[PROBE_BYTES];
        random.nextBytes(data);
        String key = VolumeSetting.requireVolumeName(volume)
                + TESTING
                + HexFormat.of().formatHex(data, 0, 5);
        for (int attempt = 1; !comesBack(key, data); attempt++) {
            if (attempt == TRIES) {
                throw BucketFailures.notS3(
                        GET, "an object did not come back as it was written, in " + TRIES + " tries");
            }
        }
    }

    private boolean comesBack(String key, byte[] data) throws BucketException {
        put(key, data);
        Optional<byte[]> read;
        try {
            read = get(key);
        } catch (BucketException e) {
            cleanUp(key, e);
            throw e;
        }
        call(DELETE, () -> s3.deleteObject(delete -> delete.bucket(name).key(key)));
        return read.filter(bytes -> Arrays.equals(bytes, data)).isPresent();
    }

    private void cleanUp(String key, BucketException reason) {
        try {
            call(DELETE, () -> s3.deleteObject(delete -> delete.bucket(name).key(key)));
        } catch (BucketException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Tells whether a volume may be formatted here. JuiceFS ignores the same objects, but for a {@code juicefs_uuid} of ours,
     * which a format that was interrupted leaves.
     *
     * @param volume the volume's name
     * @param uuid the UUID our own volume has
     * @return true if nothing is under {@code <volume>/} but {@code testing/}, empty objects and a {@code juicefs_uuid} that
     *     holds this UUID
     * @throws BucketException if that cannot be read
     * @throws IllegalArgumentException if that is no name for a volume
     */
    public boolean isEmptyFor(String volume, UUID uuid) throws BucketException {
        String prefix = VolumeSetting.requireVolumeName(volume) + "/";
        String after = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            ListObjectsV2Response found = list(prefix, after);
            for (S3Object object : found.contents()) {
                if (!isNothing(object, volume, uuid)) {
                    return false;
                }
            }
            List<S3Object> contents = found.contents();
            if (!Boolean.TRUE.equals(found.isTruncated()) || contents.isEmpty()) {
                return true;
            }
            // Not the continuation token: some servers encode it with the keys.
            after = contents.get(contents.size() - 1).key();
        }
        return false;
    }

    private boolean isNothing(S3Object object, String volume, UUID uuid) throws BucketException {
        if (object.key().startsWith(volume + TESTING) || Long.valueOf(0).equals(object.size())) {
            return true;
        }
        return object.key().equals(volume + UUID_OBJECT)
                && readUuid(volume).filter(uuid.toString()::equalsIgnoreCase).isPresent();
    }

    private ListObjectsV2Response list(String prefix, String after) throws BucketException {
        ListObjectsV2Response found = call(
                LIST,
                () -> s3.listObjectsV2(list ->
                        list.bucket(name).prefix(prefix).startAfter(after).maxKeys(PAGE)));
        for (S3Object object : found.contents()) {
            if (object.key() == null || !object.key().startsWith(prefix)) {
                throw BucketFailures.notS3(LIST, "the list holds what was not asked for");
            }
        }
        return found;
    }

    /**
     * @param volume the volume's name
     * @return what {@code juicefs_uuid} holds, trimmed, or empty when there is no such object, or an empty one
     * @throws BucketException if that cannot be read
     * @throws IllegalArgumentException if that is no name for a volume
     */
    public Optional<String> readUuid(String volume) throws BucketException {
        return get(VolumeSetting.requireVolumeName(volume) + UUID_OBJECT)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).trim())
                .filter(text -> !text.isEmpty());
    }

    /**
     * Writes {@code juicefs_uuid} unless there is one that is not empty; another's stays as it is.
     *
     * @param volume the volume's name
     * @param uuid the volume's UUID
     * @return true if the object holds this UUID now
     * @throws BucketException if it can be neither read nor written
     * @throws IllegalArgumentException if that is no name for a volume
     */
    public boolean putUuidIfAbsent(String volume, UUID uuid) throws BucketException {
        Optional<String> there = readUuid(volume);
        if (there.isEmpty()) {
            put(volume + UUID_OBJECT, uuid.toString().getBytes(StandardCharsets.US_ASCII));
        }
        return there.map(uuid.toString()::equalsIgnoreCase).orElse(true);
    }

    private void put(String key, byte[] data) throws BucketException {
        call(PUT, () -> s3.putObject(put -> put.bucket(name).key(key), RequestBody.fromBytes(data)));
    }

    private Optional<byte[]> get(String key) throws BucketException {
        return call(GET, () -> {
            try {
                return Optional.of(
                        s3.getObjectAsBytes(get -> get.bucket(name).key(key)).asByteArrayUnsafe());
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    private <T> T call(BucketOperation operation, Supplier<T> request) throws BucketException {
        try (Traces.Step step = traces.call("bucket " + operation.word())) {
            step.with(TraceKey.OPERATION, operation.word());
            try {
                return request.get();
            } catch (RuntimeException e) {
                // Of any kind: what the SDK cannot read makes it fail in many ways. Without the cause: its text is the
                // server's.
                BucketException failure = BucketFailures.of(operation, e);
                step.with(TraceKey.HTTP_STATUS, failure.httpStatus())
                        .with(TraceKey.CODE, failure.code())
                        .failed(failure.kind().name().toLowerCase(Locale.ROOT));
                throw failure;
            }
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
