package io.tonbo.artifacts.operator.testing;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.awaitility.Awaitility;

/**
 * A row of the error catalogue, met for real by a Workspace or a MountSession.
 *
 * @param <P> what plays it
 * @param name of the case, and of its objects, account and bucket
 * @param type the row
 * @param code what {@code lastError.code} says
 * @param httpStatus what {@code lastError.httpStatus} says, null for none
 * @param message a part of {@code lastError.message}, empty for any
 * @param provoke makes it happen, the object included
 * @param heal ends the cause; null where no one outside can
 * @param ending what the object comes to then
 * @param healedBySpec whether healing changes the spec
 * @param keepsReady whether Ready stays True while it lasts
 * @param attempts how often the operator has tried; for a case that nothing heals, it must grow
 */
public record ProblemRow<P extends ProblemRow.Player<?>>(
        String name,
        ProblemType type,
        String code,
        Integer httpStatus,
        String message,
        Consumer<P> provoke,
        Consumer<P> heal,
        Ending ending,
        boolean healedBySpec,
        boolean keepsReady,
        ToLongFunction<P> attempts) {

    /**
     * One case's object, and what there is around it.
     *
     * @param <R> the type of the object
     */
    public interface Player<R extends CustomResource<?, ?>> {
        /** Everything is as it should be; a case then breaks what it is about. */
        void prepare();

        /** Applies the object. */
        void apply();

        /** Asks the operator to look at it, as {@code kubectl annotate} with the time. */
        String askToLook();

        /** Waits until it is Ready without an error. */
        R untilReady();

        /** Every version of the objects of its kind. */
        ObjectHistory<R> history();

        /** Events about it. */
        List<Event> events();
    }

    /** What an object comes to. */
    public enum Ending {
        READY,
        GONE,
        STAYS
    }

    /** The usual case: the object is applied as it is, in a place where something is wrong. */
    public static <P extends Player<?>> ProblemRow<P> of(String name, ProblemType type) {
        return new ProblemRow<>(
                name,
                type,
                type.name().toLowerCase(Locale.ROOT),
                null,
                "",
                Player::apply,
                null,
                Ending.STAYS,
                false,
                false,
                null);
    }

    public ErrorRow row() {
        return ErrorCatalogue.load().row(type);
    }

    /** An outage may be told by what a gateway said, or by the calls that are stopped because of it. */
    boolean hasCode(String given) {
        return code.equals(given) || type == ProblemType.ORCHESTRATOR_UNREACHABLE;
    }

    public ProblemRow<P> answered(String newCode, Integer status) {
        return new ProblemRow<>(
                name, type, newCode, status, message, provoke, heal, ending, healedBySpec, keepsReady, attempts);
    }

    public ProblemRow<P> saying(String words) {
        return new ProblemRow<>(
                name, type, code, httpStatus, words, provoke, heal, ending, healedBySpec, keepsReady, attempts);
    }

    /** Something is arranged, then the object is applied. */
    public ProblemRow<P> before(Consumer<P> arrange) {
        return by(play -> {
            arrange.accept(play);
            play.apply();
        });
    }

    /** The object is Ready, then something happens, and the operator is asked to look. */
    public ProblemRow<P> onceReady(Consumer<P> happens) {
        return by(play -> {
            play.apply();
            play.untilReady();
            happens.accept(play);
            play.askToLook();
        });
    }

    public ProblemRow<P> by(Consumer<P> all) {
        return new ProblemRow<>(
                name, type, code, httpStatus, message, all, heal, ending, healedBySpec, keepsReady, attempts);
    }

    public ProblemRow<P> healedBy(Consumer<P> end) {
        return new ProblemRow<>(
                name, type, code, httpStatus, message, provoke, end, Ending.READY, false, keepsReady, attempts);
    }

    public ProblemRow<P> healedBySpec(Consumer<P> end) {
        return new ProblemRow<>(
                name, type, code, httpStatus, message, provoke, end, Ending.READY, true, keepsReady, attempts);
    }

    public ProblemRow<P> goneBy(Consumer<P> end) {
        return new ProblemRow<>(
                name, type, code, httpStatus, message, provoke, end, Ending.GONE, true, keepsReady, attempts);
    }

    public ProblemRow<P> keepingReady() {
        return new ProblemRow<>(
                name, type, code, httpStatus, message, provoke, heal, ending, healedBySpec, true, attempts);
    }

    public ProblemRow<P> tryingAgain(ToLongFunction<P> count) {
        return new ProblemRow<>(
                name, type, code, httpStatus, message, provoke, heal, ending, healedBySpec, keepsReady, count);
    }

    /** Waits until the operator has tried again, where that is counted. */
    public void awaitAnotherAttempt(P play) {
        if (attempts != null) {
            long before = attempts.applyAsLong(play);
            Awaitility.await().atMost(ProblemPlay.PATIENCE).until(() -> attempts.applyAsLong(play) > before);
        }
    }

    @Override
    public String toString() {
        return type + " by " + name;
    }
}
