package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * A row of the error catalogue, met for real by a Workspace.
 *
 * @param name of the case, and of its Workspace, account and bucket
 * @param type the row
 * @param code what {@code lastError.code} says
 * @param httpStatus what {@code lastError.httpStatus} says, null for none
 * @param message a part of {@code lastError.message}, empty for any
 * @param provoke makes it happen, the Workspace included
 * @param heal ends the cause; null where no one outside can
 * @param ending what the Workspace comes to then
 * @param healedBySpec whether healing changes the spec
 * @param keepsReady whether Ready stays True while it lasts
 * @param attempts how often the operator has tried; for a case that nothing heals, it must grow
 */
record ProblemRow(
        String name,
        ProblemType type,
        String code,
        Integer httpStatus,
        String message,
        Consumer<ProblemPlay> provoke,
        Consumer<ProblemPlay> heal,
        Ending ending,
        boolean healedBySpec,
        boolean keepsReady,
        ToLongFunction<ProblemPlay> attempts) {

    enum Ending {
        READY,
        GONE,
        STAYS
    }

    /** The usual case: the Workspace is applied as it is, in a place where something is wrong. */
    static ProblemRow of(String name, ProblemType type) {
        return new ProblemRow(
                name,
                type,
                type.name().toLowerCase(Locale.ROOT),
                null,
                "",
                ProblemPlay::apply,
                null,
                Ending.STAYS,
                false,
                false,
                null);
    }

    ErrorRow row() {
        return ErrorCatalogue.load().row(type);
    }

    /** An outage may be told by what a gateway said, or by the calls that are stopped because of it. */
    boolean hasCode(String given) {
        return code.equals(given) || type == ProblemType.ORCHESTRATOR_UNREACHABLE;
    }

    ProblemRow answered(String newCode, Integer status) {
        return new ProblemRow(
                name, type, newCode, status, message, provoke, heal, ending, healedBySpec, keepsReady, attempts);
    }

    ProblemRow saying(String words) {
        return new ProblemRow(
                name, type, code, httpStatus, words, provoke, heal, ending, healedBySpec, keepsReady, attempts);
    }

    /** Something is arranged, then the Workspace is applied. */
    ProblemRow before(Consumer<ProblemPlay> arrange) {
        return by(play -> {
            arrange.accept(play);
            play.apply();
        });
    }

    /** The Workspace is Ready, then something happens, and the operator is asked to look. */
    ProblemRow onceReady(Consumer<ProblemPlay> happens) {
        return by(play -> {
            play.apply();
            play.untilReady();
            happens.accept(play);
            play.askToLook();
        });
    }

    ProblemRow by(Consumer<ProblemPlay> all) {
        return new ProblemRow(
                name, type, code, httpStatus, message, all, heal, ending, healedBySpec, keepsReady, attempts);
    }

    ProblemRow healedBy(Consumer<ProblemPlay> end) {
        return new ProblemRow(
                name, type, code, httpStatus, message, provoke, end, Ending.READY, false, keepsReady, attempts);
    }

    ProblemRow healedBySpec(Consumer<ProblemPlay> end) {
        return new ProblemRow(
                name, type, code, httpStatus, message, provoke, end, Ending.READY, true, keepsReady, attempts);
    }

    ProblemRow goneBy(Consumer<ProblemPlay> end) {
        return new ProblemRow(
                name, type, code, httpStatus, message, provoke, end, Ending.GONE, true, keepsReady, attempts);
    }

    ProblemRow keepingReady() {
        return new ProblemRow(
                name, type, code, httpStatus, message, provoke, heal, ending, healedBySpec, true, attempts);
    }

    ProblemRow tryingAgain(ToLongFunction<ProblemPlay> count) {
        return new ProblemRow(
                name, type, code, httpStatus, message, provoke, heal, ending, healedBySpec, keepsReady, count);
    }

    @Override
    public String toString() {
        return type + " by " + name;
    }
}
