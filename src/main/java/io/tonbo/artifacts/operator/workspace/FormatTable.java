package io.tonbo.artifacts.operator.workspace;

import static io.tonbo.artifacts.operator.problem.ProblemType.BUCKET_PREFIX_NOT_EMPTY;
import static io.tonbo.artifacts.operator.problem.ProblemType.FORMAT_GRANT_MISSING;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_ACCESS_DENIED;
import static io.tonbo.artifacts.operator.problem.ProblemType.VOLUME_FOREIGN;

import io.tonbo.artifacts.operator.workspace.FormatDecision.Claim;
import io.tonbo.artifacts.operator.workspace.FormatDecision.Complete;
import io.tonbo.artifacts.operator.workspace.FormatDecision.Fail;
import io.tonbo.artifacts.operator.workspace.FormatDecision.FetchGrant;
import io.tonbo.artifacts.operator.workspace.FormatDecision.ListPrefix;
import io.tonbo.artifacts.operator.workspace.FormatDecision.ProbeBucket;
import io.tonbo.artifacts.operator.workspace.FormatDecision.ProveBucket;
import io.tonbo.artifacts.operator.workspace.FormatDecision.ReadSetting;
import io.tonbo.artifacts.operator.workspace.FormatDecision.Step;
import io.tonbo.artifacts.operator.workspace.FormatDecision.TakeOver;
import io.tonbo.artifacts.operator.workspace.FormatObservation.Grant;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Known;

/**
 * The format table: from a reserved workspace to a volume that is ours. First match wins. Pure and total. What makes a
 * volume ours is decided in one place only, by {@code SET setting … NX}: see {@link Claim}.
 */
public final class FormatTable {
    private FormatTable() {}

    /**
     * @param o what is
     * @return what to do next; never null
     */
    public static FormatDecision decide(FormatObservation o) {
        if (o.grant() == Grant.NOT_FETCHED || (o.grant() == Grant.SHORT && !o.grantFresh())) {
            return row("F1", new FetchGrant());
        }
        if (o.grant() != Grant.USABLE) {
            return row("F2", new Fail(FORMAT_GRANT_MISSING));
        }
        if (o.metadataProblem() == METADATA_ACCESS_DENIED) {
            return row("F4", o.grantFresh() ? new Fail(METADATA_ACCESS_DENIED) : new FetchGrant());
        }
        if (o.metadataProblem() != null) {
            return row("F3", new Fail(o.metadataProblem()));
        }
        if (o.storageProblem() != null) {
            return row("F8", new Fail(o.storageProblem()));
        }
        return switch (o.setting()) {
            case UNKNOWN, UNREADABLE -> row("F3", new ReadSetting());
            case OURS -> row("F5", new Complete());
            case FOREIGN -> foreign(o);
            case ABSENT -> unformatted(o);
        };
    }

    private static FormatDecision foreign(FormatObservation o) {
        boolean mayAdopt = o.adopt() && o.sameVolume();
        if (mayAdopt && o.proven() == Known.UNKNOWN) {
            return row("F6", new ProveBucket());
        }
        return mayAdopt && o.proven() == Known.YES ? row("F6", new TakeOver()) : row("F7", new Fail(VOLUME_FOREIGN));
    }

    private static FormatDecision unformatted(FormatObservation o) {
        if (o.bucketProblem() != null) {
            return row("F10", new Fail(o.bucketProblem()));
        }
        if (o.probed() != Known.YES) {
            return row("F10", new ProbeBucket());
        }
        if (o.prefixFree() == Known.UNKNOWN) {
            return row("F12", new ListPrefix());
        }
        return o.prefixFree() == Known.YES ? row("F13", new Claim()) : row("F12", new Fail(BUCKET_PREFIX_NOT_EMPTY));
    }

    private static FormatDecision row(String row, Step step) {
        return new FormatDecision(row, step);
    }
}
