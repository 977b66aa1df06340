package io.tonbo.artifacts.sandbox.page;

import java.time.Instant;
import java.util.List;

/**
 * A Workspace or MountSession as the page shows it.
 *
 * @param id kind, namespace and name: {@code workspace/default/quickstart}
 * @param kind Workspace or MountSession
 * @param namespace its namespace
 * @param name its name
 * @param workspace the {@code metadata.name} of the Workspace it is or is for
 * @param remoteName what its remote workspace is called; null if it is not for this object to say
 * @param account whose it is, null until the orchestrator has said so
 * @param createdAt when it was made
 * @param standing where it stands
 * @param ready status of condition Ready: True, False or Unknown
 * @param reason reason of condition Ready
 * @param message message of condition Ready
 * @param problem what is in the way, null if nothing is
 * @param next what comes next
 * @param renewal its credential's life; null for a Workspace, and before the first
 * @param conditions all conditions
 * @param facts the essentials of spec and status
 */
record ObjectCard(
        String id,
        String kind,
        String namespace,
        String name,
        String workspace,
        String remoteName,
        String account,
        Instant createdAt,
        Standing standing,
        String ready,
        String reason,
        String message,
        Trouble problem,
        NextStep next,
        Renewal renewal,
        List<Condition> conditions,
        List<Fact> facts) {

    /** Where an object stands, as kstatus would say. */
    enum Standing {
        /** All is as asked for. */
        READY,
        /** The operator is at work, or waits for something that passes. */
        RECONCILING,
        /** Somebody must act. */
        STALLED,
        /** {@code spec.suspend}. */
        SUSPENDED,
        /** It is being deleted. */
        TERMINATING,
        /** The operator has not looked yet. */
        NEW
    }

    /**
     * What is in the way.
     *
     * @param code the code that was answered, null if there was none
     * @param httpStatus of the answer, null if there was none
     * @param reason in CamelCase
     * @param severity Warning or Error
     * @param message what happened
     * @param hint what to do; commands stand between backticks
     * @param operatorDoes what the operator does about it, null for a reason that the catalogue does not have
     * @param requestId of the first failure, null if there was no answer
     * @param firstSeen when it began
     */
    record Trouble(
            String code,
            Integer httpStatus,
            String reason,
            String severity,
            String message,
            String hint,
            String operatorDoes,
            String requestId,
            Instant firstSeen) {}

    /**
     * What comes next.
     *
     * @param what a few words
     * @param at when, null if no time is known
     * @param about whether that time is only near: delays are jittered
     * @param sooner what makes it happen at once, null if nothing does
     */
    record NextStep(String what, Instant at, boolean about, String sooner) {}

    /**
     * The life of a published credential.
     *
     * @param session the session's id; no secret
     * @param issuedAt when it was opened
     * @param renewAt when the next one is due
     * @param expiresAt when it stops working
     * @param previous replaced sessions that still work
     */
    record Renewal(String session, Instant issuedAt, Instant renewAt, Instant expiresAt, List<Previous> previous) {}

    /**
     * A session that was replaced.
     *
     * @param session its id
     * @param expiresAt when it stops working
     */
    record Previous(String session, Instant expiresAt) {}

    /**
     * @param type such as Ready
     * @param status True, False or Unknown
     * @param reason in CamelCase
     * @param message for a person
     * @param since when the status changed last
     */
    record Condition(String type, String status, String reason, String message, Instant since) {}

    /**
     * @param label a field's name
     * @param value what it says
     */
    record Fact(String label, String value) {}
}
