package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import java.util.function.Consumer;

/**
 * A row of the catalogue that a MountSession can meet before its first credential, while it renews one, or both.
 *
 * @param first the case before the first credential; null where the row cannot be met there
 * @param renewal the case during a renewal; null where a valid credential is not left alone
 */
record SessionRow(ProblemRow<SessionPlay> first, Renewal renewal) {

    /**
     * A renewal that something is in the way of.
     *
     * @param row what is to be reported of it
     * @param arrange puts it in the way
     * @param due makes a new session due
     * @param heal takes it out of the way
     */
    record Renewal(
            ProblemRow<SessionPlay> row,
            Consumer<SessionPlay> arrange,
            Consumer<SessionPlay> due,
            Consumer<SessionPlay> heal) {}

    /** In the way of the first credential, and once that is published of its renewal. */
    static SessionRow both(ProblemRow<SessionPlay> row, Consumer<SessionPlay> arrange, Consumer<SessionPlay> heal) {
        return of(row, SessionPlay::activeWorkspace, arrange, heal);
    }

    /** Likewise, of a Workspace whose volume the CLI made. */
    static SessionRow ofAnAdopted(
            ProblemRow<SessionPlay> row, Consumer<SessionPlay> arrange, Consumer<SessionPlay> heal) {
        return of(row, SessionPlay::adoptedWorkspace, arrange, heal);
    }

    /** Likewise, of a Workspace made otherwise. */
    static SessionRow of(
            ProblemRow<SessionPlay> row,
            Consumer<SessionPlay> workspace,
            Consumer<SessionPlay> arrange,
            Consumer<SessionPlay> heal) {
        ProblemRow<SessionPlay> first = row.by(play -> {
                    workspace.accept(play);
                    arrange.accept(play);
                    play.apply();
                })
                .healedBy(heal);
        return new SessionRow(first, new Renewal(row, arrange, SessionPlay::lowerTtl, heal));
    }

    /** As told. */
    static SessionRow once(ProblemRow<SessionPlay> row) {
        return new SessionRow(row, null);
    }

    /** In the way of a renewal alone. */
    static SessionRow renewing(ProblemRow<SessionPlay> row, Consumer<SessionPlay> arrange, Consumer<SessionPlay> heal) {
        return new SessionRow(null, new Renewal(row, arrange, SessionPlay::lowerTtl, heal));
    }

    /** The new session is due because one was asked for, rather than by its time. */
    SessionRow byReissue() {
        return new SessionRow(
                first, new Renewal(renewal.row, renewal.arrange, SessionPlay::askForReissue, renewal.heal));
    }

    ProblemType type() {
        return row().type();
    }

    String name() {
        return row().name();
    }

    private ProblemRow<SessionPlay> row() {
        return first == null ? renewal.row : first;
    }

    @Override
    public String toString() {
        return row().toString();
    }
}
