package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.MountMode;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * What one MountSession object says, in the words of the decision table.
 *
 * @param object the object as last read
 */
record SessionView(MountSession object) {
    private static final int MOST_OF_A_REQUEST = 128;

    String namespace() {
        return object.getMetadata().getNamespace();
    }

    String name() {
        return object.getMetadata().getName();
    }

    String uid() {
        return object.getMetadata().getUid();
    }

    long generation() {
        Long generation = object.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    Instant created() {
        return Instant.parse(object.getMetadata().getCreationTimestamp());
    }

    /** When its deletion was asked for, whole seconds; only of one that is being deleted. */
    Instant deletionRequested() {
        return Instant.parse(object.getMetadata().getDeletionTimestamp());
    }

    boolean deleting() {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    boolean abandoned() {
        return "true".equals(annotation(ArtifactsApi.ABANDON));
    }

    String requestedAt() {
        return annotation(ArtifactsApi.RECONCILE_REQUESTED_AT);
    }

    /** What status is to say of the request to look again; null when there never was one. */
    String requestedAtAsHandled() {
        String text = requestedAt();
        int most = MountSessionStatus.MAX_RECONCILE_AT;
        return text == null || text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    /** Somebody asks for a look, and has had none yet. */
    boolean lookRequested() {
        return requestedAt() != null && !requestedAtAsHandled().equals(status().getLastHandledReconcileAt());
    }

    /** The request for a new session, empty for none; of one too long for a record, its hash. */
    String reissueRequest() {
        String value = annotation(ArtifactsApi.REISSUE_REQUESTED_AT);
        if (value == null) {
            return "";
        }
        return value.length() <= MOST_OF_A_REQUEST
                ? value
                : HexFormat.of().formatHex(SessionRecord.sha256().digest(value.getBytes(StandardCharsets.UTF_8)));
    }

    private String annotation(String name) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }

    MountSessionSpec spec() {
        return object.getSpec();
    }

    String workspaceName() {
        return spec().getWorkspaceRef().getName();
    }

    String secretName() {
        return object.secretName();
    }

    SessionMode mode() {
        return spec().getMode() == MountMode.READ_ONLY ? SessionMode.READ_ONLY : SessionMode.READ_WRITE;
    }

    MountSessionStatus status() {
        return object.getStatus() == null ? new MountSessionStatus() : object.getStatus();
    }

    /** Who uses the Secret that this object publishes. */
    SecretUse secretUse() {
        return new SecretUse(secretName(), name());
    }
}
