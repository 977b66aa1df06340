package io.tonbo.artifacts.operator.status;

import java.time.Duration;

/**
 * What one reconcile came to. {@link StatusReport} is the one place that turns it into conditions, {@code lastError} and
 * events.
 */
public sealed interface Outcome {

    /**
     * @return when to look again, without an event that comes first; null: not at all
     */
    Duration lookAgain();

    /**
     * The object is what its spec asks for.
     *
     * @param reason the reason of {@code Ready}
     * @param message the message of {@code Ready}
     * @param lookAgain when to look again
     */
    record Done(String reason, String message, Duration lookAgain) implements Outcome {}

    /**
     * Something is under way and nothing is wrong.
     *
     * @param reason the reason of {@code Ready} and {@code Reconciling}
     * @param message what is being done
     * @param lookAgain when to look again
     */
    record Progressing(String reason, String message, Duration lookAgain) implements Outcome {}

    /**
     * Nothing is known that the status does not say already.
     *
     * @param lookAgain when to look again
     */
    record Unchanged(Duration lookAgain) implements Outcome {}

    /**
     * {@code spec.suspend}: nothing is done until it is taken back.
     *
     * @param lookAgain when to look again, null: not before an event
     */
    record Suspended(Duration lookAgain) implements Outcome {}

    /** What becomes of condition {@code Ready} while something is wrong. */
    enum ReadyMeanwhile {
        /** It is False. */
        FALSE,
        /** It stays as it is for the problem's grace, then it is False. */
        KEPT_IN_GRACE,
        /** It stays as it is: what was delivered still works. */
        KEPT,
        /**
         * It is True for a reason of its own, told as a fact: what is wrong is not about what was delivered but about what
         * is to follow it. Neither Reconciling nor Stalled is set.
         */
        APART
    }

    /**
     * Something is wrong.
     *
     * @param failure what, and since when
     * @param hint what a person can do, rendered
     * @param ready what becomes of {@code Ready}
     * @param besides a condition that is False for the same reason, such as {@code Renewed}; null for none
     * @param remark what its message says besides; null for nothing. The same in every attempt
     * @param lookAgain when to try again
     */
    record Failed(Failure failure, String hint, ReadyMeanwhile ready, String besides, String remark, Duration lookAgain)
            implements Outcome {
        /**
         * @param failure what, and since when
         * @param hint what a person can do, rendered
         * @param keepReady whether {@code Ready} stays as it is: what was delivered still works
         * @param lookAgain when to try again
         */
        public Failed(Failure failure, String hint, boolean keepReady, Duration lookAgain) {
            this(failure, hint, keepReady ? ReadyMeanwhile.KEPT : ReadyMeanwhile.KEPT_IN_GRACE, null, null, lookAgain);
        }

        /**
         * @param later when to try again instead
         * @return the same, tried again then
         */
        public Failed lookingAgain(Duration later) {
            return new Failed(failure, hint, ready, besides, remark, later);
        }
    }
}
