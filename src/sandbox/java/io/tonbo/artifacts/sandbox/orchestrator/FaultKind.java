package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Set;

/** What can be made to go wrong. The stages are independent: one call may meet a fault of each. */
public enum FaultKind {
    /** Another answer instead of the real one, with or without the effect. */
    @JsonProperty("answer")
    ANSWER(Stage.INSTEAD),
    /** The connection is reset before anything is done. */
    @JsonProperty("lostRequest")
    LOST_REQUEST(Stage.INSTEAD),

    /** All is done; the connection is closed without an answer. */
    @JsonProperty("lostReply")
    LOST_REPLY(Stage.WIRE),
    /** Half of the body, then the connection is closed. */
    @JsonProperty("truncated")
    TRUNCATED(Stage.WIRE),
    /** The real answer behind many bytes of padding. */
    @JsonProperty("oversized")
    OVERSIZED(Stage.WIRE),
    /** The real answer, a byte at a time. */
    @JsonProperty("drip")
    DRIP(Stage.WIRE),
    /** The real answer, late. */
    @JsonProperty("late")
    LATE(Stage.WIRE),
    /** The real answer under another content type. */
    @JsonProperty("contentType")
    CONTENT_TYPE(Stage.WIRE),

    /** 409 without the {@code format} that a pending workspace should bring. */
    @JsonProperty("conflictWithoutFormat")
    CONFLICT_WITHOUT_FORMAT(Stage.EFFECT),
    /** A grant or session that expires sooner than usual. */
    @JsonProperty("shortGrant")
    SHORT_GRANT(Stage.EFFECT),
    /** A grant or session whose URL has a wrong password. */
    @JsonProperty("wrongPassword")
    WRONG_PASSWORD(Stage.EFFECT),
    /** A grant or session whose user is gone already. */
    @JsonProperty("deadUser")
    DEAD_USER(Stage.EFFECT),
    /** A grant or session whose URL names another server of the metadata: host and port. */
    @JsonProperty("metadataElsewhere")
    METADATA_ELSEWHERE(Stage.EFFECT),
    /** {@code metadata_acl_provisioning_failed} although everything was done. */
    @JsonProperty("aclFailureAfterEffect")
    ACL_FAILURE_AFTER_EFFECT(Stage.EFFECT),
    /** The {@code setting} is looked for in another place, and not found. */
    @JsonProperty("settingElsewhere")
    SETTING_ELSEWHERE(Stage.EFFECT),

    /** Reads show what was there when the fault was set. */
    @JsonProperty("stale")
    STALE(Stage.VIEW),
    /** A state that no document names. */
    @JsonProperty("unknownState")
    UNKNOWN_STATE(Stage.VIEW),
    /** Another account's handle. */
    @JsonProperty("wrongHandle")
    WRONG_HANDLE(Stage.VIEW),
    /** {@code "storage": null}. */
    @JsonProperty("storageNull")
    STORAGE_NULL(Stage.VIEW),
    /** Shown as {@code deleted} although it is not. */
    @JsonProperty("tombstone")
    TOMBSTONE(Stage.VIEW),
    /** The same name with another id, volume and prefix. */
    @JsonProperty("replaced")
    REPLACED(Stage.VIEW),
    /** In a list: one more row, of a managed bucket, with a name of the later revision. */
    @JsonProperty("extraRow")
    EXTRA_ROW(Stage.VIEW);

    /** When in a call a fault comes in. */
    enum Stage {
        INSTEAD,
        EFFECT,
        VIEW,
        WIRE
    }

    private final Stage stage;

    FaultKind(Stage stage) {
        this.stage = stage;
    }

    /** Whether a fault of this kind must say what is shown instead. */
    boolean needsText() {
        return this == UNKNOWN_STATE || this == WRONG_HANDLE || this == CONTENT_TYPE || this == METADATA_ELSEWHERE;
    }

    Stage stage() {
        return stage;
    }

    static Set<FaultKind> of(Stage stage) {
        EnumSet<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (FaultKind kind : values()) {
            if (kind.stage == stage) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
