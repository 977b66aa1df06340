package io.tonbo.artifacts.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tonbo.artifacts.operator.testing.Closing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of kstatus that our conditions are made for, applied by kstatus itself to a Workspace of generation 3. */
class KstatusRulesIT {
    private static RealKstatus kstatus;

    @BeforeAll
    static void start() {
        kstatus = new RealKstatus();
    }

    @AfterAll
    static void stop() {
        Closing.each(kstatus);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            no status: why the CRDs have a default              |          |                                     | Current
            the default of the CRDs, before anybody looked      | -1       |                                     | InProgress
            no generation observed, conditions of no known type |          | Formatted=False                     | Current
            a generation that was not observed                  | 2        | Ready=True                          | InProgress
            not even a stalled one                              | 2        | Stalled=True, Ready=False           | InProgress
            reconciling                                         | 3        | Ready=False, Reconciling=True       | InProgress
            reconciling, though it can be used                  | 3        | Ready=True, Reconciling=True        | InProgress
            stalled                                             | 3        | Ready=False, Stalled=True           | Failed
            both, by their order: why they are never together   | 3        | Stalled=True, Reconciling=True      | Failed
            both, the other way round                           | 3        | Reconciling=True, Stalled=True      | InProgress
            present though False                                | 3        | Reconciling=False, Stalled=False, Ready=True | Current
            ready                                               | 3        | Ready=True                          | Current
            ready, and a renewal is blocked                     | 3        | Ready=True, Renewed=False           | Current
            not ready                                           | 3        | Ready=False                         | InProgress
            nobody knows whether it is ready                    | 3        | Ready=Unknown                       | InProgress
            """)
    void isApplied(String rule, Long observed, String conditions, String expected) {
        ObjectNode workspace =
                workspace(observed, conditions == null ? List.of() : List.of(conditions.split(", ", -1)));

        assertThat(kstatus.of(workspace).status()).as(rule).isEqualTo(expected);

        ((ObjectNode) workspace.path("metadata")).put("deletionTimestamp", "2026-01-01T00:00:00Z");
        assertThat(kstatus.of(workspace).status()).as("%s, being deleted", rule).isEqualTo("Terminating");
    }

    private static ObjectNode workspace(Long observed, List<String> conditions) {
        try {
            ObjectNode workspace = (ObjectNode)
                    ResourceCustomization.YAML.readTree(
                            """
                    apiVersion: artifacts.tonbo.io/v1alpha1
                    kind: Workspace
                    metadata: {name: files, namespace: team-a, generation: 3}
                    """);
            if (observed != null) {
                workspace.withObject("status").put("observedGeneration", observed);
            }
            for (String condition : conditions) {
                workspace
                        .withObject("status")
                        .withArray("conditions")
                        .addObject()
                        .put("type", condition.replaceFirst("=.*", ""))
                        .put("status", condition.replaceFirst(".*=", ""))
                        .put("reason", "Any")
                        .put("message", "any");
            }
            return workspace;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
