package io.tonbo.artifacts.operator.connection;

/** Who goes first when an account's budget is short. */
public enum Priority {
    /** Everything else: may use two thirds of the budget. */
    ORDINARY,
    /** Renewals and deletions: may use all of it, so that a third is always theirs. */
    URGENT
}
