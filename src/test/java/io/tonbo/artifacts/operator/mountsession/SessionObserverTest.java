package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.SecretTemplate;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.juicefs.BucketKeys;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Drift;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Held;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.Target;
import io.tonbo.artifacts.operator.mountsession.MountSessionObservation.WorkspaceUse;
import io.tonbo.artifacts.operator.orchestrator.BearerToken;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.status.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From what was gathered to what the table looks at. */
class SessionObserverTest {
    private static final Instant NOW = Served.ISSUED.plusSeconds(60);
    private static final SessionObserver.Cluster CALM = new SessionObserver.Cluster(false, false);

    private final MountSession session = Served.mountSession();
    private final Workspace workspace = Served.activeWorkspace();
    private final SessionMemory memory = new SessionMemory();
    private final SessionFindings found = new SessionFindings();
    private Duration serverAhead = Duration.ZERO;

    @BeforeEach
    void keysAreThere() {
        found.keys = Grants.KEYS;
        found.address = Grants.tigris();
    }

    private MountSessionObservation observed(Instant now) {
        return observer().observe(new SessionView(session), new ServedWorkspace(workspace), memory, found, CALM, now);
    }

    private MountSessionObservation observed() {
        return observed(NOW);
    }

    private SessionObserver observer() {
        return new SessionObserver(Timings.PRODUCTION, serverAhead, NOW.plusSeconds(10));
    }

    private void see(Secret secret) {
        found.see(secret, session.getMetadata().getUid());
    }

    private Secret published(String id, String... revokes) {
        see(Served.secret(id, revokes));
        memory.published(id);
        return found.secret();
    }

    private void copied(String id) {
        session.getStatus().setSessionId(id);
        session.getStatus().setIssuedAt(Served.ISSUED);
        session.getStatus().setExpiresAt(Served.ENDS);
        session.getStatus()
                .setRenewAt(RenewalSchedule.of(Served.ISSUED, Served.ENDS, "uid-mount", Duration.ZERO)
                        .renewAt());
    }

    private void changed() {
        found.secret().getData().put("name", "bm90LW91cnM=");
        see(found.secret());
    }

    @Test
    void whatIsPublishedAsWeWroteItIsUsable() {
        published("ms_1");

        MountSessionObservation o = observed();

        assertThat(o.target()).isEqualTo(Target.INTACT);
        assertThat(o.usable()).isTrue();
        assertThat(o.drift()).isEqualTo(Drift.NONE);
        assertThat(o.schedule().expiresAt()).isEqualTo(Served.ENDS);
        assertThat(o.held()).isEqualTo(Held.NONE);
    }

    @Test
    void changedDataIsNoCredentialAndStatusSaysWhichSessionIsLost() {
        published("of-secret");
        changed();
        copied("of-status");

        MountSessionObservation o = observed();

        assertThat(o.target()).isEqualTo(Target.CHANGED);
        assertThat(o.usable()).isFalse();
        assertThat(o.lost()).isTrue();
        assertThat(SessionObserver.record(new SessionView(session), found, memory))
                .isNull();
    }

    @Test
    void aRecordThatNobodyVouchesForIsNotBelieved() {
        see(Served.secret("somebody-elses"));

        assertThat(observed().target()).isEqualTo(Target.CHANGED);
        assertThat(SessionObserver.record(new SessionView(session), found, memory))
                .isNull();

        copied("somebody-elses");
        assertThat(observed().target()).as("status knows the session").isEqualTo(Target.INTACT);
    }

    @Test
    void whereStatusIsLostTheSealVouches() throws Exception {
        BearerToken token = BearerToken.parse("art_0123456789abcdef");
        Secret secret = Served.secret("ms_1");
        SessionRecord record =
                SessionRecord.parse(secret.getMetadata().getAnnotations()).orElseThrow();
        secret.getMetadata().setAnnotations(record.sealedBy(token).annotations());
        see(secret);

        assertThat(observed().target()).as("without a token").isEqualTo(Target.CHANGED);
        found.token = BearerToken.parse("art_fedcba9876543210");
        assertThat(observed().target()).as("with another account's").isEqualTo(Target.CHANGED);
        found.token = token;
        assertThat(observed().target()).isEqualTo(Target.INTACT);

        secret.getMetadata().getAnnotations().put("artifacts.tonbo.io/revokes", "[\"victim\"]");
        see(secret);
        assertThat(observed().target()).as("with something added to it").isEqualTo(Target.CHANGED);
    }

    @Test
    void aSecretThatIsGoneIsLostWhileItsSessionLives() {
        copied("ms_1");

        assertThat(observed().lost()).isTrue();
        assertThat(observed(Served.ENDS).lost()).isFalse();
        memory.revoked("ms_1");
        assertThat(observed().schedule()).as("nothing is left of it").isNull();
    }

    @Test
    void keysThatWereRotatedAndATemplateThatChangedAreDrift() {
        published("ms_1");
        found.keys = new BucketKeys("AKIA-NEW", "SECRET-NEW", null);
        assertThat(observed().drift()).isEqualTo(Drift.KEYS);

        found.keys = Grants.KEYS;
        SecretTemplate template = new SecretTemplate();
        template.setLabels(Map.of("team", "red"));
        session.getSpec().setSecretTemplate(template);
        assertThat(observed().drift()).isEqualTo(Drift.COSMETIC);
    }

    @Test
    void keysThatCannotBeReadAreNoDrift() {
        published("ms_1");
        found.keys = null;
        found.keysProblem = Problem.of(ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING);

        assertThat(observed().drift()).isEqualTo(Drift.NONE);
        assertThat(observed().keysProblem()).isEqualTo(ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING);
    }

    @Test
    void aSessionOfAnotherRemoteWorkspaceIsNotUsable() {
        published("ms_1");
        workspace.getStatus().setWorkspaceId("ws_2");
        assertThat(observed().otherWorkspace()).isTrue();
        assertThat(observed().usable()).isFalse();

        workspace.getStatus().setWorkspaceId(null);
        assertThat(observed().otherWorkspace()).as("nobody says which it is").isFalse();
    }

    @Test
    void whatTheOrchestratorSaidOfTheWorkspaceCountsUntilItsObjectMovesOn() {
        memory.refute(new ServedWorkspace(workspace), WorkspaceUse.VOID, NOW.plusSeconds(10));
        assertThat(observed().workspace()).isEqualTo(WorkspaceUse.VOID);
        assertThat(observed(NOW.plusSeconds(10)).workspace()).isEqualTo(WorkspaceUse.ACTIVE);

        workspace.getMetadata().setResourceVersion("11");
        assertThat(observed().workspace()).isEqualTo(WorkspaceUse.ACTIVE);
    }

    @Test
    void aReissueIsAskedForUntilTheRecordAnswersIt() {
        published("ms_1");
        session.getMetadata().setAnnotations(Map.of(ArtifactsApi.REISSUE_REQUESTED_AT, "today"));
        assertThat(observed().reissueAsked()).isTrue();

        found.secret().getMetadata().getAnnotations().put(SecretAnnotation.REISSUE_HANDLED.key(), "today");
        see(found.secret());
        assertThat(observed().reissueAsked()).isFalse();
    }

    @Test
    void consumersOfWhatReplacedAnotherAreRestartedOnce() {
        WorkloadReference target = new WorkloadReference();
        target.setKind("Deployment");
        target.setName("app");
        session.getSpec().setRolloutRestartTargets(List.of(target));
        published("ms_1");
        assertThat(observed().restartsPending())
                .as("nothing came before it, as far as status knows")
                .isFalse();
        copied("ms_1");
        assertThat(observed().restartsPending()).isTrue();

        session.getStatus().setRestartedFor("ms_1");
        assertThat(observed().restartsPending()).isFalse();
        session.getStatus().setRestartedFor("ms_0");
        found.first = true;
        assertThat(observed().restartsPending()).as("nobody has an older one").isFalse();
    }

    @Test
    void whatIsHeldIsFitUntilItIsSaidToBeOfNoUseOrIsDue() {
        memory.hold(Served.granted("ms_2"));
        assertThat(observed().held()).isEqualTo(Held.FIT);
        assertThat(observed(Served.ENDS.minusSeconds(900)).held())
                .as("due already")
                .isEqualTo(Held.UNFIT);

        workspace.getStatus().setVolumeName("vol-2");
        assertThat(observed().held()).as("another volume").isEqualTo(Held.UNFIT);
        workspace.getStatus().setVolumeName("vol-1");
        memory.unfit(null);
        assertThat(observed().held()).isEqualTo(Held.UNFIT);
    }

    @Test
    void theRestorationOfTheLastHalfMinuteIsRemembered() {
        memory.restored(NOW.minusSeconds(29));
        assertThat(observed().restoredLately()).isTrue();
        assertThat(observed(NOW.plusSeconds(1)).restoredLately()).isFalse();
    }

    @Test
    void aDeletionsPatienceIsMeasuredFromTheFirstFailure() {
        session.getMetadata().setDeletionTimestamp(NOW.toString());
        memory.failures().failed(SessionOperation.CONNECT.name(), Problem.of(ProblemType.MALFORMED_TOKEN), NOW);
        memory.failures().failed(SessionOperation.REVOKE.name(), Problem.of(ProblemType.INTERNAL_ERROR), NOW);
        found.remoteOperation = SessionOperation.REVOKE;

        assertThat(observed(NOW.plusSeconds(59)).bounds()).isEqualTo(MountSessionObservation.Bounds.FRESH);
        assertThat(observed(NOW.plusSeconds(60)).bounds()).isEqualTo(new MountSessionObservation.Bounds(true, false));
        assertThat(observed(NOW.plusSeconds(600)).bounds()).isEqualTo(new MountSessionObservation.Bounds(true, true));
    }

    @Test
    void anotherClockIsReckonedWith() {
        published("ms_1");
        serverAhead = Duration.ofSeconds(100);

        assertThat(observed().schedule().expiresAt()).isEqualTo(Served.ENDS.minusSeconds(100));
        assertThat(observed(Served.ENDS.minusSeconds(100)).usable()).isFalse();
    }

    @Test
    void afterARestartTheClockIsTheOneThatTheRenewalWasWrittenBy() {
        SessionRecord record = Served.record("ms_1");
        copied("ms_1");
        serverAhead = null;
        assertThat(ahead(record)).isEqualTo(Duration.ZERO);
        session.getStatus().setRenewAt(session.getStatus().getRenewAt().minusSeconds(1));
        assertThat(ahead(record)).as("a second or two are noise").isEqualTo(Duration.ZERO);

        session.getStatus().setRenewAt(session.getStatus().getRenewAt().minusSeconds(99));
        // Status has whole seconds.
        assertThat(ahead(record)).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(101));
        session.getStatus().setRenewAt(session.getStatus().getRenewAt().plusSeconds(300));
        assertThat(ahead(record)).isBetween(Duration.ofSeconds(-200), Duration.ofSeconds(-199));
    }

    @Test
    void anAnswersDateOutweighsWhatWasWritten() {
        copied("ms_1");
        session.getStatus().setRenewAt(Served.ISSUED);
        serverAhead = Duration.ofSeconds(7);
        assertThat(ahead(Served.record("ms_1"))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void whatWasWrittenOfAnotherSessionTellsNothing() {
        copied("ms_0");
        session.getStatus().setRenewAt(Served.ISSUED);
        serverAhead = null;
        assertThat(ahead(Served.record("ms_1"))).isEqualTo(Duration.ZERO);
        assertThat(ahead(null)).isEqualTo(Duration.ZERO);
    }

    private Duration ahead(SessionRecord record) {
        return observer().ahead(new SessionView(session), record);
    }

    @Test
    void aLostReplyIsUnanswered() {
        assertThat(observed().unanswered()).isFalse();
        memory.replyLost(3600);
        assertThat(observed().unanswered()).isTrue();
        memory.answered();
        assertThat(observed().unanswered()).isFalse();
    }

    private boolean mayHaveBeenAsked() {
        return observer()
                .mayHaveBeenAsked(new SessionView(session), new ServedWorkspace(workspace), memory, found, CALM, NOW);
    }

    @Test
    void aDeletionMayFollowARequestOfTheProcessBefore() {
        session.getMetadata().setDeletionTimestamp(NOW.toString());
        assertThat(mayHaveBeenAsked()).as("it had a reason to open one").isTrue();
        assertThat(observed().unanswered()).isTrue();

        memory.answeredForThoseBefore();
        assertThat(mayHaveBeenAsked()).isFalse();
        assertThat(observed().unanswered()).as("this process knows").isFalse();
    }

    @Test
    void whatIsInTheWayNowNeedNotHaveBeenThen() {
        session.getMetadata().setDeletionTimestamp(NOW.toString());
        found.connectionProblem = Problem.of(ProblemType.CONNECTION_SECRET_MISSING);
        found.keysProblem = Problem.of(ProblemType.SESSION_STORAGE_CREDENTIALS_MISSING);

        assertThat(mayHaveBeenAsked()).isTrue();
    }

    @Test
    void withoutAReasonToOpenOneNoRequestWasSent() {
        published("ms_1");
        assertThat(mayHaveBeenAsked()).as("the published one was good").isFalse();

        see(null);
        workspace.setStatus(null);
        assertThat(mayHaveBeenAsked())
                .as("there was no Workspace to open one of")
                .isFalse();
    }

    @Test
    void ofAnObjectThatIsYoungerThanThisProcessNobodyElseHasAsked() {
        session.getMetadata().setCreationTimestamp(NOW.plusSeconds(60).toString());

        assertThat(mayHaveBeenAsked()).isFalse();
    }

    @Test
    void aDeletionHasItsWholeBoundHoweverLongSomethingFailedBefore() {
        memory.failures()
                .failed(
                        SessionOperation.CONNECT.name(),
                        Problem.of(ProblemType.CONNECTION_SECRET_MISSING),
                        NOW.minusSeconds(3600));
        session.getMetadata().setDeletionTimestamp(NOW.minusSeconds(30).toString());
        assertThat(observed().bounds().connection()).isFalse();

        session.getMetadata().setDeletionTimestamp(NOW.minusSeconds(60).toString());
        assertThat(observed().bounds().connection()).isTrue();
    }
}
