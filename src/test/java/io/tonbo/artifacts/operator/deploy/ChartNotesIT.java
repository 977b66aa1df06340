package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Helm says after an install: the way out as much as the way in. Nothing is kept. */
class ChartNotesIT {
    private static String notes(String values, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "install",
                Chart.RELEASE,
                Chart.DIRECTORY.toString(),
                "--namespace=" + Chart.NAMESPACE,
                "--values=" + Chart.values(values),
                "--dry-run=server",
                "--take-ownership"));
        arguments.addAll(List.of(more));
        String output = Helm.as(SharedKubeCluster.cluster().adminKubeconfig())
                .run(arguments)
                .orFail();
        return output.substring(output.indexOf("\nNOTES:\n"));
    }

    @Test
    void whatIsRemovedIsWhatIsWatched() {
        assertThat(notes("minimal"))
                .contains("kubectl delete workspaces.artifacts.tonbo.io --all --all-namespaces\n  helm uninstall")
                .doesNotContain("--no-hooks", "Before you take a namespace");
        assertThat(notes("some-namespaces"))
                .contains(
                        """
                          kubectl delete mountsessions.artifacts.tonbo.io --all -n team-a
                          kubectl delete mountsessions.artifacts.tonbo.io --all -n team-b
                          kubectl delete workspaces.artifacts.tonbo.io --all -n team-a
                          kubectl delete workspaces.artifacts.tonbo.io --all -n team-b
                          helm uninstall artifacts-operator -n artifacts-system
                        """)
                .doesNotContain("--all-namespaces");
    }

    @Test
    void whoNarrowsWhatIsWatchedKnowsWhatIsLeftBehind() {
        assertThat(notes("own-namespace", "--set=namespaceOverride=" + Chart.NAMESPACE))
                .contains("It watches artifacts-system.", "Before you take a namespace out of what is watched, delete");
    }

    @Test
    void whereNoPodStartsTheReleaseCanBeRemovedAllTheSame() {
        assertThat(notes("minimal", "--set=crds.keep=false"))
                .contains("\n  helm uninstall artifacts-operator -n artifacts-system --no-hooks\n");
    }
}
