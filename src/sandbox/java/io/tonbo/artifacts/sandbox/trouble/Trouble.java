package io.tonbo.artifacts.sandbox.trouble;

import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.Locale;

/**
 * A row of the error catalogue that can be provoked in a sandbox.
 *
 * @param type the row
 * @param subject which object shows its reason
 * @param cause what is done to provoke it, a sentence
 * @param remedy what ends it, a sentence
 * @param wayOut who ends it
 * @param ending what becomes of the object then
 * @param needsRealKubernetes whether a mock of the Kubernetes API has not what it takes
 */
public record Trouble(
        ProblemType type,
        Subject subject,
        String cause,
        String remedy,
        Remedy wayOut,
        Ending ending,
        boolean needsRealKubernetes) {
    /**
     * @return what it is called, and its objects, account and bucket with it: lower case letters and {@code -}, such as {@code
     *     bucket-not-found}
     */
    public String id() {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @return what the catalogue says of it
     */
    public ErrorRow row() {
        return ErrorCatalogue.load().row(type);
    }
}
