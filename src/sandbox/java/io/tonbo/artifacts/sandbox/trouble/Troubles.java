package io.tonbo.artifacts.sandbox.trouble;

import io.tonbo.artifacts.operator.problem.ProblemType;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All troubles, and why some rows of the catalogue have none. */
public final class Troubles {
    private static final String PERMISSIONS =
            "For that the operator must lose the permission to read Secrets, which every "
                    + "object in the cluster would notice.";

    private Troubles() {}

    /**
     * @return all that can be provoked, in the catalogue's order
     */
    public static List<Trouble> all() {
        return scripts().stream().map(Script::trouble).toList();
    }

    /**
     * @return why the other rows of the catalogue cannot be provoked at a click, a sentence each
     */
    public static Map<ProblemType, String> notProvokable() {
        Map<ProblemType, String> reasons = new EnumMap<>(ProblemType.class);
        reasons.put(
                ProblemType.ORCHESTRATOR_TLS,
                "The sandbox's orchestrator speaks http on the loopback address, where there is no certificate to refuse.");
        reasons.put(ProblemType.CONNECTION_SECRET_UNREADABLE, PERMISSIONS);
        reasons.put(ProblemType.STORAGE_CREDENTIALS_UNREADABLE, PERMISSIONS);
        reasons.put(ProblemType.DELETION_KEEPS_FAILING, "It takes ten minutes of failing before the operator says so.");
        reasons.put(ProblemType.OPERATOR_FAULT, "It is a defect of the operator, and no cause is known.");
        return reasons;
    }

    static List<Script> scripts() {
        return Stream.of(
                        AnswerTroubles.all(),
                        ConnectionTroubles.all(),
                        WorkspaceTroubles.all(),
                        BucketTroubles.all(),
                        VolumeTroubles.all(),
                        SessionTroubles.all(),
                        DeletionTroubles.all())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(script -> script.trouble().type()))
                .toList();
    }
}
