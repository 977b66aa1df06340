package io.tonbo.artifacts.operator.reconcile;

/** Where a fault happened, without what it says: a library's message may quote what it was given. */
final class FaultTrace extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FaultTrace(Throwable fault) {
        super(fault.getClass().getName(), null, false, true);
        setStackTrace(fault.getStackTrace());
    }
}
