package io.tonbo.artifacts.sandbox.trouble;

import io.tonbo.artifacts.operator.problem.ProblemType;

/**
 * A trouble and how it is played. Before it is provoked there are an account with a good token, a bucket and a good key, in
 * Secrets as the quickstart's; a script breaks what it is about.
 *
 * @param trouble what
 * @param provoke makes it happen, the object included
 * @param mend ends the cause as whoever follows the hint would
 */
record Script(Trouble trouble, Step provoke, Step mend) {
    /** A part of a play. */
    @FunctionalInterface
    interface Step {
        /**
         * @param stage where it is played
         * @throws InterruptedException if it is not wanted any more
         */
        void on(TroubleStage stage) throws InterruptedException;
    }

    /** The usual case: a Workspace that is applied in a place where something is wrong. */
    static Script workspace(ProblemType type, String cause) {
        return of(type, Subject.WORKSPACE, cause, TroubleStage::applyWorkspace);
    }

    /** A MountSession beside a Workspace that is as it should be. */
    static Script session(ProblemType type, String cause) {
        return of(type, Subject.MOUNT_SESSION, cause, stage -> {
            stage.applyWorkspace();
            stage.applySession();
        });
    }

    private static Script of(ProblemType type, Subject subject, String cause, Step provoke) {
        return new Script(
                new Trouble(type, subject, cause, "", Remedy.WAIT, Ending.READY, false), provoke, stage -> {});
    }

    /** Something is arranged, then all goes its usual way. */
    Script before(Step arrange) {
        Step usual = provoke;
        return by(stage -> {
            arrange.on(stage);
            usual.on(stage);
        });
    }

    /** The Workspace is Ready, then something happens, and the operator is asked to look. */
    Script onceWorkspaceReady(Step happens) {
        return by(stage -> {
            stage.applyWorkspace();
            stage.untilWorkspaceReady();
            happens.on(stage);
            stage.look();
        });
    }

    Script by(Step all) {
        return new Script(trouble, all, mend);
    }

    /** The commands of the hint end it. */
    Script followed(String remedy, Step likewise) {
        return ended(Remedy.FOLLOW_THE_HINT, remedy, likewise);
    }

    /** It passes. */
    Script passing(String remedy, Step end) {
        return ended(Remedy.WAIT, remedy, end);
    }

    /** Somebody elsewhere ends it. */
    Script elsewhere(String remedy, Step end) {
        return ended(Remedy.ELSEWHERE, remedy, end);
    }

    private Script ended(Remedy wayOut, String remedy, Step end) {
        return told(remedy, wayOut, trouble.ending(), trouble.needsRealKubernetes(), end);
    }

    /** Its object was on its way out. */
    Script gone() {
        return told(trouble.remedy(), trouble.wayOut(), Ending.GONE, trouble.needsRealKubernetes(), mend);
    }

    /** The mock server has not what it takes. */
    Script onRealKubernetesOnly() {
        return told(trouble.remedy(), trouble.wayOut(), trouble.ending(), true, mend);
    }

    private Script told(String remedy, Remedy wayOut, Ending ending, boolean needsRealKubernetes, Step end) {
        Trouble told = new Trouble(
                trouble.type(), trouble.subject(), trouble.cause(), remedy, wayOut, ending, needsRealKubernetes);
        return new Script(told, provoke, end);
    }
}
