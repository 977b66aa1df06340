package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import io.tonbo.artifacts.operator.connection.ConnectionTimings;
import io.tonbo.artifacts.operator.connection.SecretCache;
import io.tonbo.artifacts.operator.connection.SecretData;
import io.tonbo.artifacts.operator.connection.SecretReadException;
import io.tonbo.artifacts.operator.connection.SecretReader;
import io.tonbo.artifacts.operator.connection.StorageCredentials;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.reconcile.ReconcilerServices;
import io.tonbo.artifacts.operator.status.Timings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the Secret with the bucket's keys, from the API server's answer to the hint. */
class StorageKeysTest {
    private static final Map<String, String> WHOLE =
            Map.of("ARTIFACTS_S3_ACCESS_KEY_ID", "id", "ARTIFACTS_S3_SECRET_ACCESS_KEY", "secret");

    private final WorkspaceView view = new WorkspaceView(Remotes.workspace("files"));
    private final WorkspaceMemory memory = new WorkspaceMemory();

    private Gathering gathering(SecretReader reader) {
        return gathering(new SecretCache(reader, InstantSource.fixed(Remotes.CREATED), ConnectionTimings.DEFAULT));
    }

    private Gathering gathering(SecretCache secrets) {
        return gathering(secrets, view);
    }

    private Gathering gathering(SecretCache secrets, WorkspaceView view) {
        InstantSource clock = InstantSource.fixed(Remotes.CREATED);
        ReconcilerServices services = new ReconcilerServices(
                null, null, secrets, null, null, null, null, null, null, null, null, null, clock, null, null, null);
        return new Gathering(services, view, memory, new Findings(), new AccountListings());
    }

    private Problem problem(SecretReader reader) {
        Gathering gathering = gathering(reader);
        try (VolumeSteps volume = new VolumeSteps(null, view, gathering::credentials, new Findings())) {
            return volume.storageProblem();
        }
    }

    private static Optional<SecretData> holding(Map<String, String> values) {
        return Optional.of(new SecretData(values, "1"));
    }

    private String hint(Problem problem) {
        WorkspaceFailures failures = new WorkspaceFailures(new io.tonbo.artifacts.operator.reconcile.FailureOutcomes(
                Timings.PRODUCTION, new Random(7), "https://o.example", "1"));
        return failures.failed(view, memory, Operation.STORAGE, problem, null, false, Remotes.CREATED)
                .hint();
    }

    @Test
    void aSecretThatIsNotThereIsSaidNotToExist() {
        Problem problem = problem((namespace, name) -> Optional.empty());

        assertThat(problem.type()).isEqualTo(ProblemType.STORAGE_CREDENTIALS_MISSING);
        assertThat(problem.message()).isEqualTo("Secret keys does not exist");
        assertThat(hint(problem)).startsWith("Secret team/keys is missing or lacks its keys. Save");
    }

    @Test
    void whoAsksForALookHearsOfTheSecretAsItIsNow() throws SecretReadException {
        AtomicInteger reads = new AtomicInteger();
        SecretReader reader = (namespace, name) -> {
            reads.incrementAndGet();
            return holding(WHOLE);
        };
        InstantSource clock = InstantSource.fixed(Remotes.CREATED);
        SecretCache secrets = new SecretCache(reader, clock, ConnectionTimings.DEFAULT);
        gathering(secrets).credentials();
        gathering(secrets).credentials();
        assertThat(reads).hasValue(1);

        Workspace asking = Remotes.workspace("files");
        asking.getMetadata().setAnnotations(Map.of(ArtifactsApi.RECONCILE_REQUESTED_AT, "now"));
        WorkspaceView asked = new WorkspaceView(asking);
        Gathering look = gathering(secrets, asked);
        look.credentials();
        look.credentials();
        assertThat(reads).hasValue(2);

        asking.setStatus(new WorkspaceStatus());
        asking.getStatus().setLastHandledReconcileAt("now");
        gathering(secrets, new WorkspaceView(asking)).credentials();
        assertThat(reads).as("it has been looked").hasValue(2);
    }

    @Test
    void ofHalfTheKeysTheOtherHalfIsNamed() {
        Problem problem = problem((namespace, name) -> holding(Map.of("AWS_ACCESS_KEY_ID", "id")));

        assertThat(problem.type()).isEqualTo(ProblemType.STORAGE_CREDENTIALS_MISSING);
        assertThat(problem.message()).isEqualTo("Secret keys lacks: ARTIFACTS_S3_SECRET_ACCESS_KEY");
        assertThat(hint(problem)).contains("is missing or lacks ARTIFACTS_S3_SECRET_ACCESS_KEY.");
    }

    @ParameterizedTest
    @CsvSource({
        "FORBIDDEN, Secret keys may not be read by the operator (RBAC: get secrets)",
        "UNAVAILABLE, 'Secret keys could not be read, since the API server did not answer'"
    })
    void aSecretThatCannotBeReadIsNotSaidToBeMissing(SecretReadException.Kind kind, String message) {
        Problem problem = problem((namespace, name) -> {
            throw new SecretReadException(kind, namespace, name);
        });

        assertThat(problem.type()).isEqualTo(ProblemType.STORAGE_CREDENTIALS_UNREADABLE);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(hint(problem)).contains(message).doesNotContain("create secret");
    }

    @Test
    void keysThatWereReadBeforeServeOn() throws SecretReadException {
        memory.keepCredentials(StorageCredentials.of(WHOLE));
        Gathering gathering = gathering((namespace, name) -> {
            throw new SecretReadException(SecretReadException.Kind.UNAVAILABLE, namespace, name);
        });

        assertThat(gathering.credentials()).isSameAs(memory.credentials());
    }
}
