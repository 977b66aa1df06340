package io.tonbo.artifacts.operator.gitops;

import io.fabric8.kubernetes.client.CustomResource;
import java.util.Locale;

/**
 * One state in the life of a Workspace or MountSession, and what is made of it.
 *
 * @param kind Workspace or MountSession
 * @param name of the state; what Argo CD shows comes first
 * @param health what Argo CD shows
 * @param kstatus what kstatus says
 * @param reason of its condition Ready; null for none
 * @param way how to get there
 */
record LifeState(String kind, String name, String health, String kstatus, String reason, Way way) {
    /** How an object gets into a state. */
    interface Way {
        /**
         * @param life whose Workspace and MountSession have the name of the life
         * @return the object as a watch showed it in that state
         */
        CustomResource<?, ?> walk(Life life);
    }

    /** Whether Argo CD asks its script: not about what is being deleted. */
    boolean isAsked() {
        return !name.startsWith("deleting_");
    }

    /** A name for the objects of a life that leads here. */
    String objectName() {
        return (kind.charAt(0) + "-" + name.replace('_', '-')).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
