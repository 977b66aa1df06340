package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How the server answers where the documents leave it open, or versions of the service differ. Every switch may be thrown
 * while the server runs. Not kept in Redis: a restarted server starts with what it is given.
 */
public final class Behaviour {
    /** How a workspace's keys are prefixed in the metadata Redis. */
    public enum PrefixStyle {
        /** <code>{u_X_w_Y}:</code>, what Tonbo's own client uses. */
        TENANT,
        /** <code>{N}</code> with database {@code /N}: what a stock JuiceFS client uses on a Redis cluster. */
        CLUSTER
    }

    /** What is left to see of a deleted workspace. */
    public enum Tombstones {
        /** Nothing: 404. */
        HIDDEN,
        /** It is shown as {@code deleted}; its name is free. */
        SHOWN,
        /** It is shown as {@code deleted} and its name stays taken: 409 {@code workspace_exists}. */
        KEEP_THE_NAME
    }

    /** What a token gets that asks under another account's handle. */
    public enum Foreign {
        /** 403 {@code forbidden}. */
        FORBIDDEN,
        /** 404 {@code workspace_not_found}. */
        NOT_FOUND
    }

    private volatile boolean honoursIdempotencyKeys = true;
    private volatile boolean honoursExpectedId = true;
    private volatile boolean endsOlderGrants = true;
    private volatile boolean laterRevision;
    private volatile boolean acceptsApiKeys = true;
    private volatile boolean enforcesReadOnly = true;
    private volatile boolean tellsCreatedAt = true;
    private volatile PrefixStyle prefixStyle = PrefixStyle.TENANT;
    private volatile Tombstones tombstones = Tombstones.HIDDEN;
    private volatile Foreign foreign = Foreign.FORBIDDEN;
    private volatile String codeOfConfirmingTheGone = "workspace_not_completable";
    private volatile Duration deletingLasts = Duration.ofMillis(200);
    private volatile Duration formatGrantLasts = Duration.ofMinutes(15);
    private volatile Duration sessionLastsAtLeast = Duration.ZERO;
    private volatile Duration sessionLastsAtMost = Duration.ofDays(7);
    private volatile Duration shortestWish = Duration.ofSeconds(60);
    private volatile Duration longestWish = Duration.ofDays(7);
    private volatile Duration idempotencyLasts = Duration.ofDays(1);
    private volatile InstantSource clock = InstantSource.system();
    private volatile Duration clockOffset = Duration.ZERO;
    private volatile int fractionDigits = 3;
    private volatile int pageCap = 100;
    private volatile int deleteStatus = 202;

    /** The documented server. */
    public Behaviour() {}

    /**
     * @param on false: keys are ignored, every request is new
     * @return this
     */
    public Behaviour honoursIdempotencyKeys(boolean on) {
        honoursIdempotencyKeys = on;
        return this;
    }

    /**
     * @param on false: {@code expected_id} is ignored, as by a server that does not know it
     * @return this
     */
    public Behaviour honoursExpectedId(boolean on) {
        honoursExpectedId = on;
        return this;
    }

    /**
     * @param on false: a format grant stays valid when a fresh one is given, so that two clients can write at one time
     * @return this
     */
    public Behaviour endsOlderGrants(boolean on) {
        endsOlderGrants = on;
        return this;
    }

    /**
     * @param on true: a missing {@code setting} is 422 {@code invalid_request}, and longer names are taken
     * @return this
     */
    public Behaviour laterRevision(boolean on) {
        laterRevision = on;
        return this;
    }

    /**
     * @param on false: {@code tbo_…} is 401, as on an older server
     * @return this
     */
    public Behaviour acceptsApiKeys(boolean on) {
        acceptsApiKeys = on;
        return this;
    }

    /**
     * @param on false: a read-only session can write, as on some versions
     * @return this
     */
    public Behaviour enforcesReadOnly(boolean on) {
        enforcesReadOnly = on;
        return this;
    }

    /**
     * @param on false: workspaces carry no {@code created_at}
     * @return this
     */
    public Behaviour tellsCreatedAt(boolean on) {
        tellsCreatedAt = on;
        return this;
    }

    /**
     * @param style for workspaces reserved from now on
     * @return this
     */
    public Behaviour prefixStyle(PrefixStyle style) {
        prefixStyle = style;
        return this;
    }

    /**
     * @param shown what is left to see of a deleted workspace
     * @return this
     */
    public Behaviour tombstones(Tombstones shown) {
        tombstones = shown;
        return this;
    }

    /**
     * @param answer what a foreign handle is answered with
     * @return this
     */
    public Behaviour foreign(Foreign answer) {
        foreign = answer;
        return this;
    }

    /**
     * @param code the 409 that format-completed gives on a workspace that is deleting or a tombstone
     * @return this
     */
    public Behaviour codeOfConfirmingTheGone(String code) {
        codeOfConfirmingTheGone = code;
        return this;
    }

    /**
     * @param duration how long a workspace stays {@code deleting}
     * @return this
     */
    public Behaviour deletingLasts(Duration duration) {
        deletingLasts = duration;
        return this;
    }

    /**
     * @param duration how long a format grant is valid; documented: 15 minutes
     * @return this
     */
    public Behaviour formatGrantLasts(Duration duration) {
        formatGrantLasts = duration;
        return this;
    }

    /**
     * @param duration what a shorter session is silently stretched to
     * @return this
     */
    public Behaviour sessionLastsAtLeast(Duration duration) {
        sessionLastsAtLeast = duration;
        return this;
    }

    /**
     * @param duration what a longer session is silently cut to, also below 60 seconds; {@link #sessionWishes} is still what
     *     may be asked for
     * @return this
     */
    public Behaviour sessionLastsAtMost(Duration duration) {
        sessionLastsAtMost = duration;
        return this;
    }

    /**
     * What {@code ttl_seconds} is taken; any other is 422 {@code invalid_request}.
     *
     * @param shortest in whole seconds; documented: 60
     * @param longest in whole seconds; 604800 to begin with
     * @return this
     */
    public Behaviour sessionWishes(Duration shortest, Duration longest) {
        shortestWish = shortest;
        longestWish = longest;
        return this;
    }

    /**
     * @param duration how long an answer is remembered for its {@code Idempotency-Key}
     * @return this
     */
    public Behaviour idempotencyLasts(Duration duration) {
        idempotencyLasts = duration;
        return this;
    }

    /**
     * What every time is stated and judged by, the {@code Date} header and the end of tokens included; how fast answers are
     * sent stays real. On any other clock than {@link InstantSource#system()} nothing happens by itself when its time comes:
     * requests are judged by the clock at once, what is to end in Redis does so in {@link SandboxAdmin#sweep()}.
     *
     * @param source may stand still and may jump
     * @return this
     */
    public Behaviour clock(InstantSource source) {
        clock = source;
        return this;
    }

    /**
     * @param offset how far the server's clock is ahead in every time it states, the {@code Date} header included
     * @return this
     */
    public Behaviour clockOffset(Duration offset) {
        clockOffset = offset;
        return this;
    }

    /**
     * @param digits of the fraction of a second in times: 0, 3, 6 or 9
     * @return this
     */
    public Behaviour fractionDigits(int digits) {
        fractionDigits = digits;
        return this;
    }

    /**
     * @param rows what a larger {@code limit} is silently capped to
     * @return this
     */
    public Behaviour pageCap(int rows) {
        pageCap = rows;
        return this;
    }

    /**
     * @param status 202 or 204
     * @return this
     */
    public Behaviour deleteStatus(int status) {
        deleteStatus = status;
        return this;
    }

    boolean honoursIdempotencyKeys() {
        return honoursIdempotencyKeys;
    }

    boolean honoursExpectedId() {
        return honoursExpectedId;
    }

    boolean endsOlderGrants() {
        return endsOlderGrants;
    }

    boolean laterRevision() {
        return laterRevision;
    }

    boolean acceptsApiKeys() {
        return acceptsApiKeys;
    }

    boolean enforcesReadOnly() {
        return enforcesReadOnly;
    }

    boolean tellsCreatedAt() {
        return tellsCreatedAt;
    }

    PrefixStyle prefixStyle() {
        return prefixStyle;
    }

    Tombstones tombstones() {
        return tombstones;
    }

    Foreign foreign() {
        return foreign;
    }

    String codeOfConfirmingTheGone() {
        return codeOfConfirmingTheGone;
    }

    Duration deletingLasts() {
        return deletingLasts;
    }

    Duration formatGrantLasts() {
        return formatGrantLasts;
    }

    /** What is granted to a wish. */
    Duration sessionLasts(Duration wish) {
        Duration atLeast = sessionLastsAtLeast;
        Duration atMost = sessionLastsAtMost;
        Duration stretched = wish.compareTo(atLeast) < 0 ? atLeast : wish;
        return stretched.compareTo(atMost) > 0 ? atMost : stretched;
    }

    Duration shortestWish() {
        return shortestWish;
    }

    Duration longestWish() {
        return longestWish;
    }

    Duration idempotencyLasts() {
        return idempotencyLasts;
    }

    Instant now() {
        return clock.instant();
    }

    boolean onSystemClock() {
        return clock.equals(InstantSource.system());
    }

    Duration clockOffset() {
        return clockOffset;
    }

    int fractionDigits() {
        return fractionDigits;
    }

    int pageCap() {
        return pageCap;
    }

    int deleteStatus() {
        return deleteStatus;
    }
}
