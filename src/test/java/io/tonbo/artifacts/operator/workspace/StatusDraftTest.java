package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.status.FailureHistory;
import io.tonbo.artifacts.operator.status.Outcome;
import io.tonbo.artifacts.operator.status.Timings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the orchestrator or a user gives, the API server takes the status: one string too long and it takes none of it. */
class StatusDraftTest {
    private static final Instant NOW = Remotes.CREATED;
    private static final String PAIR = "\uD83D\uDE00";
    private static final Outcome READY = new Outcome.Done("Active", "It is there.", Duration.ofMinutes(5));

    private final Workspace workspace = Remotes.workspace("files");
    private final Findings found = new Findings();

    private WorkspaceStatus draft(Outcome outcome) {
        return StatusDraft.of(new WorkspaceView(workspace), found, outcome, NOW, Timings.PRODUCTION)
                .status();
    }

    private StatusDraftTest asked(String when) {
        workspace.getMetadata().setAnnotations(Map.of(ArtifactsApi.RECONCILE_REQUESTED_AT, when));
        return this;
    }

    /** A workspace as long as the client lets pass. */
    private StatusDraftTest remote(String handle, String name, String state) {
        RemoteWorkspace row = Remotes.remote(name, "i".repeat(WorkspaceStatus.MAX_WORKSPACE_ID), state, NOW);
        found.found(
                new RemoteWorkspace(
                        row.id(),
                        handle,
                        name,
                        state,
                        "v".repeat(WorkspaceStatus.MAX_VOLUME_NAME),
                        "p".repeat(WorkspaceStatus.MAX_KEY_PREFIX),
                        row.storage(),
                        null,
                        NOW),
                true);
        return this;
    }

    private static Outcome failed(String anything) {
        Problem problem = Problem.ofAnswer(anything, 500, anything).withRequestId(anything);
        return new Outcome.Failed(
                new FailureHistory().failed("observe", problem, NOW),
                problem.hint(Map.of(), false),
                false,
                Duration.ofSeconds(1));
    }

    private static Outcome outcome(String name) {
        return switch (name) {
            case "done" -> READY;
            case "progressing" -> new Outcome.Progressing("Formatting", "x".repeat(5000), null);
            case "failed" -> failed("x".repeat(5000));
            case "suspended" -> new Outcome.Suspended(null);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource({"done", "progressing", "failed", "suspended"})
    void theLongestOfEverythingFitsTheDefinition(String outcome) throws IOException {
        asked("t".repeat(100_000)).remote("h".repeat(256), "n".repeat(256), "s".repeat(1024));

        WorkspaceStatus status = draft(outcome(outcome));

        JsonNode schema = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("deploy", "crds", "workspaces.artifacts.tonbo.io.yaml")
                        .toFile())
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/status");
        assertFits("status", new ObjectMapper().valueToTree(status), schema);
    }

    /** Counts as the API server does: characters, not UTF-16. */
    private static void assertFits(String path, JsonNode value, JsonNode schema) {
        if (value.isTextual() && schema.has("maxLength")) {
            String text = value.textValue();
            assertThat(text.codePointCount(0, text.length()))
                    .as(path)
                    .isLessThanOrEqualTo(schema.get("maxLength").intValue());
        }
        value.properties().forEach(field -> {
            assertThat(schema.path("properties").has(field.getKey()))
                    .as(path + "." + field.getKey())
                    .isTrue();
            assertFits(
                    path + "." + field.getKey(),
                    field.getValue(),
                    schema.path("properties").get(field.getKey()));
        });
        if (value.isArray()) {
            value.forEach(item -> assertFits(path + "[]", item, schema.path("items")));
        }
    }

    @Test
    void whatIsOnlyShownIsCutAndSaysTheSameEachTime() {
        asked("1" + PAIR.repeat(200)).remote("ada", "files", "s" + PAIR.repeat(200));

        WorkspaceStatus status = draft(READY);

        assertThat(status.getLastHandledReconcileAt()).isEqualTo("1" + PAIR.repeat(127));
        assertThat(status.getState()).isEqualTo("s" + PAIR.repeat(63));
        workspace.setStatus(status);
        assertThat(draft(READY)).as("no second write").isEqualTo(status);
    }

    @Test
    void anAddressThatIsCutStillNamesTheAccount() {
        String handle = "h".repeat(256);
        remote(handle, "n".repeat(256), "active");

        workspace.setStatus(draft(READY));

        assertThat(workspace.getStatus().getAddress()).hasSize(512).startsWith("artifacts://" + handle + "/nnn");
        assertThat(new WorkspaceView(workspace).recordedHandle()).isEqualTo(handle);
    }

    @Test
    void whatFitsIsSaidAsItCame() {
        asked("2026-01-01T12:00:00Z").remote("ada", "files", "active");

        WorkspaceStatus status = draft(READY);

        assertThat(status.getLastHandledReconcileAt()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(status.getState()).isEqualTo("active");
        assertThat(status.getAddress()).isEqualTo("artifacts://ada/files");
        assertThat(status.getWorkspaceId()).isEqualTo(found.remote.id());
        assertThat(status.getVolumeName()).isEqualTo(found.remote.volumeName());
        assertThat(status.getKeyPrefix()).isEqualTo(found.remote.keyPrefix());
    }

    @Test
    void aStateThatIsAbsentIsNone() {
        remote("ada", "files", null);

        assertThat(draft(READY).getState()).isNull();
        assertThat(draft(failed(ProblemType.INTERNAL_ERROR.name())).getLastHandledReconcileAt())
                .isNull();
    }
}
