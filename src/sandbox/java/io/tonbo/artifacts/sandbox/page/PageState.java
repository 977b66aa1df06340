package io.tonbo.artifacts.sandbox.page;

import java.time.Instant;
import java.util.List;

/**
 * All that the page shows, but for the time. Immutable.
 *
 * @param complete whether the Kubernetes API has once told what there is
 * @param connected whether it goes on telling: what changes now is seen
 * @param objects Workspaces and MountSessions, those of one Workspace beside each other, the newest first
 * @param events the last events about them, the newest first
 * @param calls the last calls to the orchestrator, the newest first
 * @param callCount how many calls there were in all
 * @param switches what can be provoked, in the catalogue's order
 * @param others rows of the catalogue that cannot be provoked, in its order
 */
record PageState(
        boolean complete,
        boolean connected,
        List<ObjectCard> objects,
        List<EventLine> events,
        List<CallLine> calls,
        long callCount,
        List<SwitchLine> switches,
        List<OtherLine> others) {

    /**
     * What is sent.
     *
     * @param now the time here
     * @param state what there is to see; null if that could not be found out yet
     * @param failing whether the state is an older one, since what there is to see now cannot be found out
     */
    record Frame(Instant now, PageState state, boolean failing) {}

    /**
     * An event of the Kubernetes API.
     *
     * @param id of the event
     * @param at when it was seen last, null if that is not said
     * @param warning whether it is a Warning
     * @param object the {@linkplain ObjectCard#id() id} of what it is about
     * @param reason in CamelCase
     * @param note what it says
     * @param count how often it was seen
     */
    record EventLine(String id, Instant at, boolean warning, String object, String reason, String note, int count) {}

    /**
     * A call to the orchestrator.
     *
     * @param number counts all calls
     * @param at when it was answered, by the orchestrator's clock
     * @param method HTTP method
     * @param path without its query
     * @param account whose token it came with, null if with none that is known
     * @param workspace the remote workspace it is about, null if it is about none
     * @param status the answer's status; 0: the connection ended without one
     * @param code the answer's error code, null if it has none
     * @param requestId as repeated or assigned
     */
    record CallLine(
            long number,
            Instant at,
            String method,
            String path,
            String account,
            String workspace,
            int status,
            String code,
            String requestId) {}

    /**
     * A row of the catalogue that can be provoked.
     *
     * @param id such as {@code bucket-not-found}
     * @param source the catalogue's heading over it
     * @param reason the reason that its object will show
     * @param severity Warning or Error
     * @param meaning what it means
     * @param operatorDoes what the operator does about it
     * @param cause what a click does
     * @param remedy what ends it
     * @param object the {@linkplain ObjectCard#id() id} of the object that shows it
     * @param state idle, provoked, mended or clearing
     * @param obstacle why it cannot be provoked in this sandbox, null if it can
     * @param error what went wrong in the sandbox when it was played last, null if nothing did
     */
    record SwitchLine(
            String id,
            String source,
            String reason,
            String severity,
            String meaning,
            String operatorDoes,
            String cause,
            String remedy,
            String object,
            String state,
            String obstacle,
            String error) {}

    /**
     * A row of the catalogue that cannot be provoked.
     *
     * @param source the catalogue's heading over it
     * @param reason the reason that an object would show
     * @param meaning what it means
     * @param why why it cannot be provoked, a sentence
     */
    record OtherLine(String source, String reason, String meaning, String why) {}
}
