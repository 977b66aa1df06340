package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.problem.ProblemType;

/**
 * What to do next about one Workspace.
 *
 * @param row the row of the table that decided, such as {@code W22}; appears in logs and tests
 * @param action what to do
 */
public record WorkspaceDecision(String row, Action action) {

    /** One step. */
    public sealed interface Action {}

    /**
     * Remove the finalizer; nothing more is done remotely.
     *
     * @param farewell what the closing event says
     */
    public record Release(Farewell farewell) implements Action {}

    /**
     * Say what is wrong and try again as the catalogue has it.
     *
     * @param type the catalogue's row
     */
    public record Fail(ProblemType type) implements Action {}

    /** Nothing can be observed, nothing is known to have changed: write nothing, look again later. */
    public record KeepAsItIs() implements Action {}

    /** Suspended: say so, make no call. */
    public record StandBy() implements Action {}

    /** Wait until a request that may be under way has taken effect or cannot any more, then look again. */
    public record WaitOutReserve() implements Action {}

    /** Ask the orchestrator for this one workspace: the shared list may be old. */
    public record Confirm() implements Action {}

    /** Read the bucket's {@code juicefs_uuid}. */
    public record ReadBucketUuid() implements Action {}

    /** Get a format grant and read the {@code setting}. */
    public record ReadSetting() implements Action {}

    /** Check keys, endpoint and bucket, then reserve the name. */
    public record Reserve() implements Action {}

    /** Go on with the format table. */
    public record Format() implements Action {}

    /** Formatted by us already: tell the orchestrator. */
    public record ConfirmFormat() implements Action {}

    /**
     * Delete the remote workspace.
     *
     * @param claimFirst claim its {@code setting} first, so that nobody can format it between the look and the delete
     */
    public record DeleteRemote(boolean claimFirst) implements Action {}

    /** Prove with this object's own keys that the bucket is ours. */
    public record ProveAdoption() implements Action {}

    /** Record what there is: whose it is must be seen by others before anybody is Ready. */
    public record RecordWorkspace() implements Action {}

    /** Read from the API server whether another object recorded the same workspace: the cache may lag. */
    public record CheckHolders() implements Action {}

    /** Another object holds the workspace: say so, and take back our own record, which was never active. */
    public record Yield() implements Action {}

    /** Be Ready. */
    public record BeReady() implements Action {}

    /** What the event says that closes a deletion. */
    public enum Farewell {
        /** The annotation {@code artifacts.tonbo.io/abandon} let go; the remote part stays. */
        ABANDONED,
        /** {@code deletionPolicy: Retain}: the workspace stays on purpose. */
        RETAINED,
        /** No way to reach or delete it in the time that a deletion may take. */
        LEFT_BEHIND,
        /** There is nothing remote, or it is on its way out. */
        GONE,
        /** Another workspace has taken the name; it is not ours to delete. */
        REPLACED,
        /** Another Workspace object has recorded the same workspace, and keeps it. */
        HELD_BY_ANOTHER,
        /** What is there was never ours. */
        NOT_OURS
    }
}
