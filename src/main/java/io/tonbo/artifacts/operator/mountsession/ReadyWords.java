package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.ConditionType;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.orchestrator.Sensitive;
import io.tonbo.artifacts.operator.orchestrator.SessionMode;
import io.tonbo.artifacts.operator.status.StatusReport;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What conditions Ready and Renewed say of a credential that is valid: what it is for, until when, what keeps a read-only one
 * from writing, and which client can mount with it. The same as long as the Secret is.
 *
 * @param view the object
 * @param workspace its Workspace
 * @param record the Secret's record
 * @param data the Secret's values by key
 */
record ReadyWords(SessionView view, ServedWorkspace workspace, SessionRecord record, Map<String, String> data) {
    static final String REASON = "CredentialPublished";

    StatusReport.Fact ready() {
        return new StatusReport.Fact(ConditionType.READY, ConditionStatus.TRUE, REASON, message());
    }

    /**
     * @param renewAt when the next credential is due
     */
    static StatusReport.Fact renewed(Instant renewAt) {
        return new StatusReport.Fact(
                ConditionType.RENEWED,
                ConditionStatus.TRUE,
                "CredentialCurrent",
                "The published credential is current; it is renewed at " + SessionRecord.wholeSecond(renewAt) + ".");
    }

    String message() {
        boolean readOnly = SessionMode.READ_ONLY.wire().equals(data.get(SecretKey.MODE.key()));
        String place = workspace.address() == null ? "Workspace " + view.workspaceName() : workspace.address();
        return "Secret " + view.secretName() + " holds a " + (readOnly ? "read-only" : "read-write")
                + " credential for " + place + " that works until " + record.expiresAt() + "." + enforcement(readOnly)
                + client();
    }

    private String enforcement(boolean readOnly) {
        if (!readOnly) {
            return "";
        }
        String granted = view.mode() == SessionMode.READ_WRITE ? " The server granted no more than reading." : "";
        return granted
                + switch (record.readOnlyBy()) {
                    case SessionRecord.BY_SERVER -> " The metadata server refuses its writes.";
                    case SessionRecord.BY_MOUNT_OPTIONS ->
                        " Only the published mount-options keep a mount from writing: this server would let it.";
                    default -> "";
                };
    }

    private String client() {
        OptionalInt database;
        try {
            database = MountUrl.of(Sensitive.of(data.getOrDefault(SecretKey.METAURL.key(), "")))
                    .database();
        } catch (MetadataException e) {
            database = OptionalInt.empty();
        }
        return " "
                + ClientFit.of(data.get(SecretKey.KEY_PREFIX.key()), database).words();
    }
}
