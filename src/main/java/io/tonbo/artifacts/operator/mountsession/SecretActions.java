package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.juicefs.BucketException;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.Action;
import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.reconcile.ApiServerBackoff;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.reconcile.RemoteProblems;
import io.tonbo.artifacts.operator.status.Announcement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Carries out what the MountSession table decided in the cluster: publishes, rewrites and deletes the Secret, restarts. */
final class SecretActions {
    /** A status has room for so many sessions that still live beside the published one. */
    private static final int MOST_PREVIOUS = 8;

    /** Access may take a moment to be set up; after as many refusals the session is of no use. */
    private static final int MOST_DENIALS = 2;

    private final SessionPass pass;
    private final ReconcilerServices services;
    private final SecretStore store;
    private final SessionView view;
    private final ServedWorkspace workspace;
    private final SessionMemory memory;
    private final SessionFindings found;

    SecretActions(SessionPass pass, ReconcilerServices services, SessionMemory memory) {
        this.pass = pass;
        this.services = services;
        this.store = pass.gathering().store();
        this.view = pass.view();
        this.workspace = pass.workspace();
        this.memory = memory;
        this.found = pass.found();
    }

    void act(Action action) {
        if (action instanceof MountSessionDecision.PublishFromMemory) {
            publish();
        } else if (action instanceof MountSessionDecision.RewriteSecret rewrite) {
            rewrite(rewrite.restart());
        } else if (action instanceof MountSessionDecision.RestartConsumers) {
            restart();
        } else if (action instanceof MountSessionDecision.DeleteSecret) {
            delete();
        } else {
            throw new IllegalStateException("no action of this class: " + action);
        }
    }

    private void delete() {
        try {
            store.delete(found.secret());
            see(null);
        } catch (KubernetesClientException e) {
            if (!ApiServerBackoff.isRefusal(e)) {
                throw e;
            }
            found.deleteRefused = true;
            announce(
                    true,
                    "SecretNotDeleted",
                    "The API server does not let the operator delete Secret " + view.secretName()
                            + "; its owner reference will. Its credential is revoked.");
        }
    }

    /** Nothing is published that was not opened. */
    private void publish() {
        GrantedSession held = memory.held();
        try {
            if (!opens(held)) {
                return;
            }
            PublishedCredential credential =
                    PublishedCredential.of(held.session(), found.address, found.keys, view.mode());
            SessionRecord record = held.record(
                            view.uid(), workspace.id(), credential, view.reissueRequest(), revokes(held), pass.now())
                    .readOnlyBy(readOnlyBy(held, credential))
                    .sealedBy(found.token);
            if (write(SecretManifest.of(found.secret(), view.object(), record, credential), record)) {
                published();
            }
        } catch (MetadataException e) {
            cannotPublish(e);
        } catch (BucketException e) {
            found.publishProblem = RemoteProblems.of(e);
        } catch (EndpointNotAllowedException e) {
            found.publishProblem = RemoteProblems.of(e);
        }
    }

    private boolean opens(GrantedSession held) throws MetadataException, BucketException, EndpointNotAllowedException {
        VolumeCheck.Finding finding =
                new VolumeCheck(services.volumes()).tryOn(held.session(), workspace, found.address, found.keys);
        switch (finding) {
            case OURS -> {
                return true;
            }
            case FOREIGN -> memory.unfit(Problem.of(ProblemType.SESSION_VOLUME_FOREIGN));
            case UNFORMATTED ->
                found.publishProblem = Problem.of(ProblemType.METADATA_ANSWER_UNEXPECTED)
                        .withMessage("The session opens no volume: there is no setting under its key prefix.");
        }
        return false;
    }

    private void cannotPublish(MetadataException e) {
        Problem problem = RemoteProblems.of(e);
        boolean denied = e.kind() == MetadataException.Kind.ACCESS_DENIED;
        if (denied && memory.denied() >= MOST_DENIALS) {
            memory.unfit(problem);
        } else {
            found.publishProblem = problem;
        }
    }

    /** What is replaced because it leaked, is lost or is void; and what a status has no room for. */
    private List<String> revokes(GrantedSession held) {
        Instant serverNow = pass.now().plus(pass.serverAhead());
        KnownSessions known = pass.sessions();
        Set<String> ids = new LinkedHashSet<>(known.toRevoke(serverNow));
        Set<String> others = new LinkedHashSet<>(known.alive(serverNow).keySet());
        others.remove(held.session().id());
        IssueReason reason = held.reason();
        boolean asked = pass.reissueAsked();
        // Whether a request was answered by what was lost with the Secret is lost with it.
        boolean mayBeAsked =
                reason == IssueReason.LOST && !view.reissueRequest().isEmpty();
        if (asked || mayBeAsked || reason == IssueReason.REISSUE || reason == IssueReason.MOVED) {
            ids.addAll(others);
        } else if (reason == IssueReason.LOST && pass.current() != null) {
            ids.add(pass.current());
        }
        List<String> rest = new ArrayList<>(others);
        rest.removeAll(ids);
        while (rest.size() > MOST_PREVIOUS) {
            ids.add(rest.remove(0));
        }
        ids.retainAll(others);
        return List.copyOf(ids);
    }

    private String readOnlyBy(GrantedSession held, PublishedCredential credential) throws MetadataException {
        if (!SessionMode.READ_ONLY.wire().equals(credential.data().get(SecretKey.MODE.key()))) {
            return "";
        }
        boolean server = new VolumeCheck(services.volumes()).isWriteProtected(held.session(), workspace);
        return server ? SessionRecord.BY_SERVER : SessionRecord.BY_MOUNT_OPTIONS;
    }

    /** The session in memory is in the Secret. */
    void published() {
        GrantedSession held = memory.held();
        memory.condemn(pass.record().revokes());
        memory.release();
        memory.attemptEnded();
        found.restarts = null;
        pass.succeeded(SessionOperation.PUBLISH);
        pass.succeeded(SessionOperation.OPEN);
        pass.succeeded(SessionOperation.SETTLE);
        found.publishProblem = null;
        found.first = held.reason() == IssueReason.FIRST;
        found.replaced = !found.first;
        String name = "Secret " + view.secretName();
        switch (held.reason()) {
            case LOST -> {
                memory.restored(pass.now());
                announce(
                        true,
                        "SecretRestored",
                        name + " was deleted or changed. It holds a new session now; the lost one is revoked.");
            }
            case REISSUE, MOVED ->
                announce(false, "CredentialReplaced", name + " holds a new session; the old ones are revoked.");
            case DUE, EXPIRED -> announce(false, "CredentialRenewed", name + " holds a new session.");
            case FIRST, UNANSWERED -> {
                // Ready says it.
            }
        }
    }

    private void announce(boolean warning, String reason, String note) {
        memory.news().add(new Announcement(warning, reason, "Publish", note));
    }

    private void rewrite(boolean keys) {
        PublishedSecret secret = found.content();
        SessionRecord before = pass.record();
        PublishedCredential credential = found.keys == null || found.address == null
                ? new PublishedCredential(secret.data())
                : PublishedCredential.rewritten(secret.data(), found.address, found.keys);
        String hash = SessionRecord.hash(credential.data());
        SessionRecord record =
                (keys ? before.rewritten(hash, pass.now()) : before.relabelled(hash)).sealedBy(found.token);
        found.rewritten = true;
        if (write(SecretManifest.of(found.secret(), view.object(), record, credential), record) && keys) {
            found.replaced = true;
            found.restarts = null;
            announce(
                    false,
                    "BucketKeysUpdated",
                    "Secret " + view.secretName() + " holds the bucket's keys of today, for the same session.");
        }
    }

    /**
     * @return whether it was written and is as it was written; if not, it changed meanwhile and is looked at again, or the API
     *     server refuses it, or somebody changes what is written
     */
    private boolean write(Secret manifest, SessionRecord record) {
        memory.published(record.sessionId());
        try {
            see(store.write(manifest));
        } catch (SecretStore.Changed e) {
            see(store.read(view.namespace(), view.secretName()).orElse(null));
            return false;
        } catch (KubernetesClientException e) {
            if (!ApiServerBackoff.isRefusal(e)) {
                // It may have come through: what is there is looked at before anything else.
                throw e;
            }
            found.publishProblem = Problem.of(ProblemType.SECRET_NOT_WRITABLE).withMessage(e.getMessage());
            return false;
        }
        if (record.equals(pass.record())) {
            return true;
        }
        found.publishProblem = Problem.of(ProblemType.SECRET_NOT_WRITABLE)
                .withMessage("Something changes Secret " + view.secretName()
                        + " as it is written, such as a mutating admission webhook.");
        return false;
    }

    private void see(Secret secret) {
        found.see(secret, view.uid());
        memory.saw(secret, pass.now());
    }

    private void restart() {
        SessionRecord record = pass.record();
        Instant now = pass.now();
        ConsumerRestarts restarts = new ConsumerRestarts(
                services.client(), view.namespace(), view.secretUse(), record.stamp(), patience(now));
        found.restarts = restarts.proceed(view.spec().getRolloutRestartTargets(), memory.restarts(), now);
        found.restarts.patchedNow().forEach(target -> memory.news()
                .add(new Announcement(
                        false,
                        "ConsumerRestarted",
                        "Restart",
                        target.getKind() + " " + target.getName() + " is restarted for the credential of Secret "
                                + view.secretName() + ".")));
    }

    /** Each workload's share of the time in which the old credential still works, so that the last one is not too late. */
    private Duration patience(Instant now) {
        Instant serverNow = now.plus(pass.serverAhead());
        Duration most = services.timings().rolloutPatience();
        return pass.sessions().previous(serverNow, null).stream()
                .findFirst()
                .map(oldest -> Duration.between(serverNow, oldest.getExpiresAt())
                        .dividedBy(view.spec().getRolloutRestartTargets().size() + 1L))
                .filter(share -> share.compareTo(most) < 0)
                .orElse(most);
    }
}
