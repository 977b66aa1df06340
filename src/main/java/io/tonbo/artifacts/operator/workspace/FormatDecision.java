package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.problem.ProblemType;

/**
 * What to do next about a workspace that is to be formatted.
 *
 * @param row the row of the table that decided, such as {@code F13}
 * @param step what to do
 */
public record FormatDecision(String row, Step step) {

    /** One step. */
    public sealed interface Step {}

    /** Ask the orchestrator for a fresh grant. */
    public record FetchGrant() implements Step {}

    /** Read {@code setting} with the grant. */
    public record ReadSetting() implements Step {}

    /** Put, get, compare and delete an object under the volume's prefix. */
    public record ProbeBucket() implements Step {}

    /** See whether the volume's prefix is free. */
    public record ListPrefix() implements Step {}

    /** Read the bucket's {@code juicefs_uuid} and hold it against the foreign setting. */
    public record ProveBucket() implements Step {}

    /** Write the inodes, then {@code setting} unless there is one. */
    public record Claim() implements Step {}

    /** The volume is ours: inodes, the bucket's uuid, the record, the re-check, the confirmation. */
    public record Complete() implements Step {}

    /** The volume is formatted by somebody else and proven ours to adopt: record and confirm, write nothing. */
    public record TakeOver() implements Step {}

    /**
     * Say what is wrong and try again as the catalogue has it.
     *
     * @param type the catalogue's row
     */
    public record Fail(ProblemType type) implements Step {}
}
