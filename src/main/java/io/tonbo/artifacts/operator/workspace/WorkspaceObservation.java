package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.List;

/**
 * Everything the Workspace table looks at, gathered before it is asked. Facts that cost a remote call start as
 * {@code UNKNOWN}; where the table needs one, its answer is to fetch it, and it is asked again.
 *
 * @param deleting the object carries a deletion timestamp
 * @param abandoned the object is annotated {@code artifacts.tonbo.io/abandon: "true"}
 * @param suspended {@code spec.suspend}
 * @param namespaceTerminating the object's namespace is being deleted
 * @param retain {@code spec.deletionPolicy} is Retain
 * @param adopt {@code spec.adoptionPolicy} is Adopt
 * @param sessions names of MountSessions that refer to this Workspace
 * @param connectionProblem why there is no usable token, or null when there is one
 * @param recorded what the object's own status says
 * @param remote what the orchestrator says
 * @param remoteProblem why nothing was observed, null unless {@code remote} is {@code NOT_OBSERVED}
 * @param negativeConfirmed the remote state was read for this object alone just now, not taken from the shared list
 * @param sameId the remote id equals the recorded one; meaningless without either
 * @param storageDiffers the remote workspace was reserved with other storage than the spec's
 * @param mine the bucket's {@code juicefs_uuid} is the one derived from (workspace id, this object's uid)
 * @param setting what the metadata's {@code setting} key says
 * @param young the remote workspace was created no earlier than 5 s before this object
 * @param underWay the remote workspace was created less than 60 s ago: somebody may be in the middle of a create
 * @param rival another live Workspace in this cluster recorded the same id
 * @param keepsSharedId of those that recorded the id, this object is the first: active before pending, then by
 *     (creationTimestamp, uid)
 * @param sole read from the API server after our own record: nobody else recorded the id
 * @param proven our own keys read the volume's {@code juicefs_uuid}, so that it may be adopted
 * @param reserveInFlight a reserve of ours may still take effect
 * @param bounds which waiting times of a deletion have passed
 */
public record WorkspaceObservation(
        boolean deleting,
        boolean abandoned,
        boolean suspended,
        boolean namespaceTerminating,
        boolean retain,
        boolean adopt,
        List<String> sessions,
        ProblemType connectionProblem,
        Recorded recorded,
        Remote remote,
        ProblemType remoteProblem,
        boolean negativeConfirmed,
        boolean sameId,
        boolean storageDiffers,
        Known mine,
        Setting setting,
        boolean young,
        boolean underWay,
        boolean rival,
        boolean keepsSharedId,
        Known sole,
        Known proven,
        boolean reserveInFlight,
        Bounds bounds) {

    /**
     * The record that counts: that of a workspace which was never active, and in whose place there is another one now, is
     * as good as none.
     *
     * @return how far it got
     */
    public Recorded record() {
        boolean another = remote != Remote.NOT_OBSERVED && !remote.gone() && !sameId;
        return recorded == Recorded.PENDING && another ? Recorded.NONE : recorded;
    }

    /** How far the object's own record got. */
    public enum Recorded {
        /** No workspace id is recorded. */
        NONE,
        /** The volume was claimed for this object; the workspace was not seen active. */
        PENDING,
        /** The workspace was active and what was formatted is recorded. */
        ACTIVE
    }

    /** The workspace under this object's name, as the orchestrator tells it. */
    public enum Remote {
        /** The orchestrator could not be asked. */
        NOT_OBSERVED,
        /** There is none. */
        NONE,
        /** {@code pending_format}. */
        PENDING,
        /** {@code active}. */
        ACTIVE,
        /** {@code deleting}. */
        DELETING,
        /** {@code deleted}: a tombstone, the same as none. */
        DELETED,
        /** A state that this operator does not know. */
        UNKNOWN;

        boolean gone() {
            return this == NONE || this == DELETED;
        }
    }

    /** A fact that costs a remote call. */
    public enum Known {
        /** Not looked at yet. */
        UNKNOWN,
        /** It is so. */
        YES,
        /** It is not so, or cannot be told. */
        NO
    }

    /** The metadata's {@code setting} key. */
    public enum Setting {
        /** Not read yet. */
        UNKNOWN,
        /** There is none: the volume is not formatted. */
        ABSENT,
        /** Its UUID is the one derived from (workspace id, this object's uid). */
        OURS,
        /** Somebody else formatted the volume. */
        FOREIGN,
        /** It could not be read: no grant, or the metadata store does not answer. */
        UNREADABLE
    }

    /**
     * Waiting times of a deletion.
     *
     * @param connection 2 min without a usable token
     * @param remote 10 min of an outage, or of {@code deleting}
     */
    public record Bounds(boolean connection, boolean remote) {
        /** Nothing has passed yet. */
        public static final Bounds FRESH = new Bounds(false, false);
    }
}
