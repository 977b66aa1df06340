package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Bounds;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Known;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Remote;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Setting;
import java.util.List;

/** Observations for tests, told as a sentence: {@code given().deleting().recorded(ACTIVE).remote(PENDING)}. */
final class Observations {
    private boolean deleting;
    private boolean abandoned;
    private boolean suspended;
    private boolean namespaceTerminating;
    private boolean retain = true;
    private boolean adopt;
    private List<String> sessions = List.of();
    private ProblemType connectionProblem;
    private Recorded recorded = Recorded.NONE;
    private Remote remote = Remote.NONE;
    private ProblemType remoteProblem;
    private boolean confirmed = true;
    private boolean sameId = true;
    private boolean storageDiffers;
    private Known mine = Known.UNKNOWN;
    private Setting setting = Setting.UNKNOWN;
    private boolean young;
    private boolean underWay;
    private boolean rival;
    private boolean keepsSharedId = true;
    private Known sole = Known.UNKNOWN;
    private Known proven = Known.UNKNOWN;
    private boolean reserveInFlight;
    private Bounds bounds = Bounds.FRESH;

    static Observations given() {
        return new Observations();
    }

    Observations deleting() {
        deleting = true;
        return this;
    }

    Observations abandoned() {
        abandoned = true;
        return this;
    }

    Observations suspended() {
        suspended = true;
        return this;
    }

    Observations namespaceTerminating() {
        namespaceTerminating = true;
        return this;
    }

    Observations policyDelete() {
        retain = false;
        return this;
    }

    Observations adopt() {
        adopt = true;
        return this;
    }

    Observations sessions(String... names) {
        sessions = List.of(names);
        return this;
    }

    Observations noConnection(ProblemType why) {
        connectionProblem = why;
        return this;
    }

    Observations recorded(Recorded how) {
        recorded = how;
        return this;
    }

    Observations remote(Remote state) {
        remote = state;
        remoteProblem = state == Remote.NOT_OBSERVED ? ProblemType.ORCHESTRATOR_UNREACHABLE : null;
        return this;
    }

    Observations fromTheSharedList() {
        confirmed = false;
        return this;
    }

    Observations otherId() {
        sameId = false;
        return this;
    }

    Observations otherStorage() {
        storageDiffers = true;
        return this;
    }

    Observations mine(Known known) {
        mine = known;
        return this;
    }

    Observations setting(Setting value) {
        setting = value;
        remoteProblem = value == Setting.UNREADABLE ? ProblemType.METADATA_UNREACHABLE : remoteProblem;
        return this;
    }

    Observations young() {
        young = true;
        return this;
    }

    Observations underWay() {
        underWay = true;
        return this;
    }

    Observations rival() {
        rival = true;
        return this;
    }

    Observations rivalKeepsTheId() {
        rival = true;
        keepsSharedId = false;
        return this;
    }

    Observations sole(Known known) {
        sole = known;
        return this;
    }

    Observations proven(Known known) {
        proven = known;
        return this;
    }

    Observations reserveInFlight() {
        reserveInFlight = true;
        return this;
    }

    Observations after(boolean connectionBound, boolean remoteBound) {
        bounds = new Bounds(connectionBound, remoteBound);
        return this;
    }

    WorkspaceObservation build() {
        return new WorkspaceObservation(
                deleting,
                abandoned,
                suspended,
                namespaceTerminating,
                retain,
                adopt,
                sessions,
                connectionProblem,
                recorded,
                remote,
                remoteProblem,
                confirmed,
                sameId,
                storageDiffers,
                mine,
                setting,
                young,
                underWay,
                rival,
                keepsSharedId,
                sole,
                proven,
                reserveInFlight,
                bounds);
    }
}
