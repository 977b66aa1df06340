package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.workspace.FormatDecision.Claim;
import io.tonbo.artifacts.operator.workspace.FormatDecision.Complete;
import io.tonbo.artifacts.operator.workspace.FormatDecision.Fail;
import io.tonbo.artifacts.operator.workspace.FormatDecision.FetchGrant;
import io.tonbo.artifacts.operator.workspace.FormatDecision.TakeOver;
import io.tonbo.artifacts.operator.workspace.FormatObservation.Grant;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Known;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format table over every combination of what it looks at, and each row by example. */
class FormatTableTest {
    private static final ProblemType[] METADATA = {
        null, ProblemType.METADATA_UNREACHABLE, ProblemType.METADATA_ACCESS_DENIED
    };
    private static final ProblemType[] STORAGE = {
        null, ProblemType.STORAGE_CREDENTIALS_MISSING, ProblemType.ENDPOINT_NOT_ALLOWED
    };
    private static final ProblemType[] BUCKET = {
        null, ProblemType.BUCKET_ACCESS_DENIED, ProblemType.OBJECT_STORAGE_UNAVAILABLE
    };
    private static final boolean[] BOTH = {false, true};

    private record Case(FormatObservation seen, FormatDecision decided) {}

    private static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Grant grant : Grant.values()) {
            for (boolean fresh : BOTH) {
                for (ProblemType metadata : METADATA) {
                    for (ProblemType storage : STORAGE) {
                        for (Setting setting : Setting.values()) {
                            volumes(cases, grant, fresh, metadata, storage, setting);
                        }
                    }
                }
            }
        }
        return cases;
    }

    private static void volumes(
            List<Case> cases, Grant grant, boolean fresh, ProblemType metadata, ProblemType storage, Setting setting) {
        for (boolean adopt : BOTH) {
            for (boolean same : BOTH) {
                for (Known proven : Known.values()) {
                    for (Known probed : Known.values()) {
                        for (ProblemType bucket : BUCKET) {
                            for (Known free : Known.values()) {
                                FormatObservation seen = new FormatObservation(
                                        grant, fresh, metadata, storage, setting, adopt, same, proven, probed, bucket,
                                        free);
                                cases.add(new Case(seen, FormatTable.decide(seen)));
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void everyRowIsReached() {
        TreeSet<String> rows = new TreeSet<>();
        all().forEach(c -> rows.add(c.decided().row()));
        assertThat(rows).containsExactlyInAnyOrder("F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F10", "F12", "F13");
    }

    @Test
    void aVolumeIsClaimedOnlyWhenUnformattedAndItsBucketIsGoodAndItsPrefixFree() {
        assertThat(all().stream().filter(c -> c.decided().step() instanceof Claim))
                .isNotEmpty()
                .allMatch(c -> c.seen().setting() == Setting.ABSENT
                        && c.seen().probed() == Known.YES
                        && c.seen().prefixFree() == Known.YES
                        && c.seen().bucketProblem() == null);
    }

    @Test
    void aForeignVolumeIsTakenOverOnlyByAdoptWithAProof() {
        assertThat(all().stream().filter(c -> c.decided().step() instanceof TakeOver))
                .isNotEmpty()
                .allMatch(c -> c.seen().setting() == Setting.FOREIGN
                        && c.seen().adopt()
                        && c.seen().sameVolume()
                        && c.seen().proven() == Known.YES);
        assertThat(all().stream().filter(c -> c.seen().setting() == Setting.FOREIGN))
                .noneMatch(c ->
                        c.decided().step() instanceof Complete || c.decided().step() instanceof Claim);
    }

    @Test
    void aFreshGrantIsNeverFetchedAgainInTheSamePass() {
        assertThat(all().stream().filter(c -> c.seen().grantFresh() && c.seen().grant() != Grant.NOT_FETCHED))
                .noneMatch(c -> c.decided().step() instanceof FetchGrant);
    }

    @ParameterizedTest
    @CsvSource({
        "SHORT,   true,  ,                        ABSENT, F2, FORMAT_GRANT_MISSING",
        "MISSING, true,  ,                        ABSENT, F2, FORMAT_GRANT_MISSING",
        "USABLE,  true,  METADATA_UNREACHABLE,    UNKNOWN, F3, METADATA_UNREACHABLE",
        "USABLE,  true,  METADATA_ACCESS_DENIED,  UNKNOWN, F4, METADATA_ACCESS_DENIED",
        "USABLE,  false, METADATA_UNREACHABLE,    UNKNOWN, F3, METADATA_UNREACHABLE",
        "USABLE,  true,  ,                        FOREIGN, F7, VOLUME_FOREIGN"
    })
    void failsWith(
            Grant grant, boolean fresh, ProblemType metadata, Setting setting, String row, ProblemType expected) {
        FormatObservation seen = new FormatObservation(
                grant, fresh, metadata, null, setting, false, true, Known.YES, Known.YES, null, Known.YES);
        assertThat(FormatTable.decide(seen)).isEqualTo(new FormatDecision(row, new Fail(expected)));
    }
}
