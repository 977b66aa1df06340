package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.orchestrator.BearerToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a published Secret says of its session. The Secret is the record; the MountSession's status is a copy of it.
 *
 * @param sessionId opaque id, 1 to 256 characters
 * @param issuedAt when the session was asked for, by the orchestrator's clock; whole seconds, rounded down
 * @param expiresAt when it ends, by the orchestrator's clock; whole seconds, rounded down, at most the year 9999
 * @param ownerUid uid of the MountSession that published it
 * @param dataHash {@link #hash(Map)} of the data published with it
 * @param workspaceId id of the remote workspace; empty when not known
 * @param requestedSeconds {@code spec.ttlSeconds} when it was asked for; 0 when not known
 * @param reissue the request for a new session that this one answers; empty for none
 * @param revokes ids of sessions that this one replaced and that must not live on
 * @param publishedAt when the data that running Pods notice was last written, by the operator's clock; whole seconds, rounded
 *     up, so that a Pod of an earlier second is never taken for one that read it; null when not known
 * @param rewrites how often the bucket's keys were replaced within this session, 0 or more
 * @param readOnlyBy of a read-only session {@value #BY_SERVER} or {@value #BY_MOUNT_OPTIONS}, which keeps mounts from
 *     writing; empty for a read-write one, and when not known
 * @param seal proof of who wrote all of this, for when nothing else tells; empty for none
 */
record SessionRecord(
        String sessionId,
        Instant issuedAt,
        Instant expiresAt,
        String ownerUid,
        String dataHash,
        String workspaceId,
        long requestedSeconds,
        String reissue,
        List<String> revokes,
        Instant publishedAt,
        int rewrites,
        String readOnlyBy,
        String seal) {
    /** The metadata Redis refuses what the session must not do. */
    static final String BY_SERVER = "server";

    /** Only the published {@code mount-options} keep a mount from writing. */
    static final String BY_MOUNT_OPTIONS = "mount-options";

    /** The last second that RFC 3339 can write. */
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    static final Instant EARLIEST = Instant.EPOCH;

    SessionRecord {
        issuedAt = wholeSecond(issuedAt);
        expiresAt = wholeSecond(expiresAt);
        workspaceId = workspaceId == null ? "" : workspaceId;
        reissue = reissue == null ? "" : reissue;
        revokes = List.copyOf(revokes);
        publishedAt = publishedAt == null ? null : wholeSecondUp(publishedAt);
        rewrites = Math.max(rewrites, 0);
        readOnlyBy = readOnlyBy == null ? "" : readOnlyBy;
        seal = seal == null ? "" : seal;
    }

    /**
     * @param time a time, however far off
     * @return the whole second before it that RFC 3339 can write, within 1970 to 9999
     */
    static Instant wholeSecond(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant wholeSecondUp(Instant time) {
        Instant down = wholeSecond(time);
        return down.isBefore(time) && down.isBefore(LATEST) ? down.plusSeconds(1) : down;
    }

    /**
     * @return what consumers are restarted for: another text after every change that running Pods do not see by themselves
     */
    String stamp() {
        return rewrites > 0 ? sessionId + "+" + rewrites : sessionId;
    }

    /**
     * The same session with other keys of its bucket.
     *
     * @param newHash {@link #hash(Map)} of the data published now
     * @param now the time, by the operator's clock
     * @return the record to publish with it
     */
    SessionRecord rewritten(String newHash, Instant now) {
        return with(newHash, now, rewrites + 1, readOnlyBy, "");
    }

    /**
     * The same session in another layout, which no running Pod notices.
     *
     * @param newHash {@link #hash(Map)} of the data published now
     * @return the record to publish with it
     */
    SessionRecord relabelled(String newHash) {
        return with(newHash, publishedAt, rewrites, readOnlyBy, "");
    }

    /**
     * @param what {@value #BY_SERVER}, {@value #BY_MOUNT_OPTIONS} or empty
     * @return the same record, saying what keeps mounts from writing
     */
    SessionRecord readOnlyBy(String what) {
        return with(dataHash, publishedAt, rewrites, what, "");
    }

    /**
     * @param by the seal, or empty for none
     * @return the same record with that seal
     */
    SessionRecord sealed(String by) {
        return with(dataHash, publishedAt, rewrites, readOnlyBy, by);
    }

    private SessionRecord with(String hash, Instant writtenAt, int count, String protection, String by) {
        return new SessionRecord(
                sessionId,
                issuedAt,
                expiresAt,
                ownerUid,
                hash,
                workspaceId,
                requestedSeconds,
                reissue,
                revokes,
                writtenAt,
                count,
                protection,
                by);
    }

    /**
     * @return the annotations that say all this, in the order of {@link SecretAnnotation}; {@code TEMPLATE} is not of the record
     */
    Map<String, String> annotations() {
        return RecordAnnotations.of(this);
    }

    /**
     * Reads annotations, whoever wrote them.
     *
     * @param annotations a Secret's annotations; null counts as none
     * @return the record, or empty when they are none
     */
    static Optional<SessionRecord> parse(Map<String, String> annotations) {
        return RecordAnnotations.parse(annotations);
    }

    /**
     * @param token of the account that the session belongs to; null when there is none at hand
     * @return the same record, sealed: whoever does not have the token cannot have written it
     */
    SessionRecord sealedBy(BearerToken token) {
        return sealed(token == null ? "" : token.sign(RecordAnnotations.unsealed(this)));
    }

    /**
     * @param token a token, or null
     * @return whether this record was sealed by it, as it stands
     */
    boolean isSealedBy(BearerToken token) {
        return token != null && seal.equals(token.sign(RecordAnnotations.unsealed(this)));
    }

    /**
     * Whether this record was published together with that data: its hash is right, and both name the same end. An end that
     * somebody moved in the annotations alone would otherwise keep a dead session Ready.
     *
     * @param data the Secret's values by key, decoded
     */
    boolean describes(Map<String, String> data) {
        return dataHash.equals(hash(data)) && expiresAt.toString().equals(data.get(SecretKey.EXPIRES_AT.key()));
    }

    /**
     * @param data values by key, decoded
     * @return SHA-256 over all of it, 64 hexadecimal digits, the same in whatever order the keys come
     */
    static String hash(Map<String, String> data) {
        MessageDigest digest = sha256();
        new TreeMap<>(data).forEach((key, value) -> {
            update(digest, key);
            update(digest, value);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length before it, so that no two maps read the same in a row. */
    private static void update(MessageDigest digest, String text) {
        byte[] bytes = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /**
     * @return a SHA-256 digest, which every Java runtime has
     */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
