package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.problem.Problem;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Known;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Setting;
import java.time.Duration;

/** What one pass has found out so far. A pass starts with nothing and forgets everything at its end. */
final class Findings {
    boolean looked;
    boolean confirmed;
    /** Null when there is none. */
    RemoteWorkspace remote;
    /** Why the orchestrator, or the setting, could not be read; null when it could. */
    Problem remoteProblem;
    /** Which operation that problem belongs to. */
    Operation remoteOperation = Operation.OBSERVE;
    /** How long the budget says to wait, when that was all that is wrong; else null. */
    Duration budgetWait;

    Known mine = Known.UNKNOWN;
    Setting setting = Setting.UNKNOWN;

    boolean grantFresh;
    boolean grantMissing;
    Problem metadataProblem;
    Known probed = Known.UNKNOWN;
    Problem bucketProblem;
    Known prefixFree = Known.UNKNOWN;
    Known proven = Known.UNKNOWN;
    Known sole = Known.UNKNOWN;
    /** The workspace is somebody else's: our own record, never active, is taken back. */
    boolean yielded;
    /** Id of the workspace whose deletion the orchestrator accepted in this pass; it may take its time to show. */
    String deleteAccepted;

    boolean sameVolume;

    /** Something remote changed: look again. What was found out about the bucket's own health stays. */
    void forgetRemote() {
        looked = false;
        confirmed = false;
        remote = null;
        remoteProblem = null;
        forgetVolume();
    }

    /** Another workspace than before is looked at. */
    void found(RemoteWorkspace workspace, boolean forThisObjectAlone) {
        if (remote == null || workspace == null || !remote.id().equals(workspace.id())) {
            forgetVolume();
        }
        looked = true;
        remote = workspace;
        confirmed = forThisObjectAlone;
        remoteProblem = null;
    }

    private void forgetVolume() {
        mine = Known.UNKNOWN;
        setting = Setting.UNKNOWN;
        grantFresh = false;
        grantMissing = false;
        metadataProblem = null;
        proven = Known.UNKNOWN;
        sole = Known.UNKNOWN;
        probed = Known.UNKNOWN;
        prefixFree = Known.UNKNOWN;
    }
}
