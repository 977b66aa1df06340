package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.Secret;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.reconcile.ObjectMemory;
import io.tonbo.artifacts.operator.status.Announcement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What this process knows about one MountSession beyond what Kubernetes and the orchestrator would say. A session that is
 * held here and is lost with the process is opened again under the same key, which tells a server that honours keys to
 * give the same one; with another server it ends by its time.
 */
final class SessionMemory extends ObjectMemory<MountSession> {
    /** What the orchestrator said of a Workspace whose object does not know it yet. */
    private record Refutation(String version, WorkspaceUse use, Instant until) {}

    private GrantedSession held;
    private boolean unfit;
    /** Why it is, where that is in the way of another one, too; else null. */
    private Problem unfitBecause;

    private int denials;
    private String publishedId;
    private final List<Announcement> news = new ArrayList<>();
    private final Map<String, Instant> orphans = new HashMap<>();
    private final Set<String> revoked = new HashSet<>();
    private final Set<String> condemned = new HashSet<>();
    private String salt;
    /** What the request whose reply was lost asked for, in seconds; 0 when none was. */
    private long lostSeconds;

    private boolean answeredEver;
    private boolean owesAnAnswer = true;
    private Instant restoredAt = Instant.EPOCH;
    private Refutation refutation;
    private String fingerprint = "";
    private Instant readAt = Instant.EPOCH;
    private final RestartProgress restarts = new RestartProgress();

    /** The session that was opened and isn't published yet, or null. */
    GrantedSession held() {
        return held;
    }

    /** Whether what is held was found to be of no use. */
    boolean isUnfit() {
        return unfit;
    }

    /** Why, where that is in the way of another one, too; else null. */
    Problem unfitBecause() {
        return unfitBecause;
    }

    void hold(GrantedSession opened) {
        held = opened;
        unfit = false;
        unfitBecause = null;
        denials = 0;
    }

    /**
     * @param id of the session that was written to the Secret
     */
    void published(String id) {
        publishedId = id;
    }

    boolean hasPublished(String id) {
        return id.equals(publishedId);
    }

    /** What is to be told once the status is written; kept, since a pass may end without that. */
    List<Announcement> news() {
        return news;
    }

    /** It is published, or revoked. */
    void release() {
        hold(null);
    }

    /**
     * What is held must not be published; it is to be revoked.
     *
     * @param why what is in the way of another one, too; null when nothing is
     */
    void unfit(Problem why) {
        unfit = true;
        unfitBecause = why;
    }

    /**
     * Access takes a moment to be set up, but not two attempts.
     *
     * @return how often its volume refused it, this time included
     */
    int denied() {
        return ++denials;
    }

    /**
     * A session that was opened though its answer could not be used.
     *
     * @param id its id
     * @param endsBy when it has ended at the latest
     */
    void orphan(String id, Instant endsBy) {
        orphans.put(id, endsBy);
    }

    Map<String, Instant> orphans() {
        return orphans;
    }

    void revoked(String id) {
        revoked.add(id);
        orphans.remove(id);
        condemned.remove(id);
        if (held != null && held.session().id().equals(id)) {
            release();
        }
    }

    Set<String> revoked() {
        return revoked;
    }

    /**
     * @param ids of sessions that are not to live on: the Secret that says so may be lost before they are revoked
     */
    void condemn(Collection<String> ids) {
        condemned.addAll(ids);
    }

    Set<String> condemned() {
        return condemned;
    }

    /** What tells one attempt to open a session from another; null for the first of this process. */
    String salt() {
        return salt;
    }

    /** The answer is had, or was refused: what is asked for next is something else. */
    void answered() {
        lostSeconds = 0;
        answeredEver = true;
    }

    /** What it opened is published. What is asked for next is told from it by that, as a process after this one would. */
    void attemptEnded() {
        salt = null;
    }

    /** What the answer brought is of no use, and the same key would bring it again. */
    void freshKey() {
        salt = UUID.randomUUID().toString();
    }

    /**
     * @param seconds what the request asked for that may have taken effect unanswered: it is repeated as it was
     */
    void replyLost(long seconds) {
        lostSeconds = seconds;
    }

    boolean isReplyLost() {
        return lostSeconds > 0;
    }

    /** What to ask for: what the lost request did, or else this. */
    long secondsToAsk(long wished) {
        return isReplyLost() ? lostSeconds : wished;
    }

    /** Whether this process may be repeating a request of the process before it. */
    boolean mayRepeatAnother() {
        return !answeredEver;
    }

    /** Whatever the process before this one opened is known, or it opened nothing. */
    void answeredForThoseBefore() {
        owesAnAnswer = false;
    }

    /** Whether the process before this one may have sent a request whose answer nobody had. */
    boolean mayOweAnAnswer() {
        return owesAnAnswer;
    }

    void restored(Instant now) {
        restoredAt = now;
    }

    Instant restoredAt() {
        return restoredAt;
    }

    /**
     * @param workspace the object that is behind
     * @param use what the orchestrator says
     * @param until for how long that counts at most
     */
    void refute(ServedWorkspace workspace, WorkspaceUse use, Instant until) {
        refutation = new Refutation(workspace.version(), use, until);
    }

    /** What the Workspace is good for: by its object, unless the orchestrator said otherwise since. */
    WorkspaceUse use(ServedWorkspace workspace, Instant now) {
        boolean counts = refutation != null
                && refutation.version().equals(workspace.version())
                && now.isBefore(refutation.until());
        return counts ? refutation.use() : workspace.use();
    }

    /**
     * @param secret the Secret as it was read or written; null when there is none
     * @param now the time
     */
    void saw(Secret secret, Instant now) {
        fingerprint = secret == null
                ? "absent"
                : secret.getMetadata().getUid() + "/" + secret.getMetadata().getResourceVersion();
        readAt = now;
    }

    /** Which version of the Secret was seen last. */
    String fingerprint() {
        return fingerprint;
    }

    Instant readAt() {
        return readAt;
    }

    RestartProgress restarts() {
        return restarts;
    }
}
