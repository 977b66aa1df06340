package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;

/**
 * How far the restart of one workload is.
 *
 * @param target the workload
 * @param kind which of the few ways it went
 * @param words a sentence without its full stop, for a condition or an event; the same as long as nothing changes
 */
record RestartOutcome(WorkloadReference target, Kind kind, String words) {

    /** The ways. */
    enum Kind {
        /** Its Pods are replaced and available. */
        RESTARTED,
        /** It has the new template, but replaces a Pod only when somebody deletes it. */
        RESTARTED_ON_DELETE,
        /** Its Pods are being replaced: those after it in the list wait for that. */
        ROLLING,
        /** Its Pods are not replaced in time, or it is paused: the others no longer wait for it. */
        STUCK,
        /** There is none of that name, or it is being deleted. */
        NOT_FOUND,
        /** It does not use the Secret and is left alone. */
        NOT_A_CONSUMER,
        /** A kind that this version cannot restart. */
        UNKNOWN_KIND,
        /** The API server does not let the operator read or change it. */
        FORBIDDEN,
        /** The API server, or a webhook, does not take the change. */
        REFUSED,
        /** The API server, or a webhook, fails: it is tried again, and the others do not wait for it. */
        FAILED
    }
}
