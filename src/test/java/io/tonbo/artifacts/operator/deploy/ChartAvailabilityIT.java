package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many Pods there are, and how many of them may be away. */
class ChartAvailabilityIT {
    @Test
    void severalReplicasAreSpreadAndKept() {
        Rendered rendered = Chart.render(Chart.values("highly-available"));

        assertThat(rendered.operator().getTopologySpreadConstraints())
                .extracting("topologyKey")
                .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        assertThat(rendered.the(PodDisruptionBudget.class).getSpec().getMinAvailable())
                .isEqualTo(new IntOrString("50%"));
        assertThat(Chart.render(Chart.MINIMAL, "--set=replicas=2")
                        .the(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable())
                .isEqualTo(new IntOrString(1));
        assertThat(rendered.operator().getPriorityClassName()).isEqualTo("system-cluster-critical");
        assertThat(rendered.operator().getTerminationGracePeriodSeconds()).isEqualTo(105);
    }

    @ParameterizedTest
    @CsvSource({
        "minAvailable=1, 2, 1, ",
        "minAvailable=34%, 3, 34%, ",
        "minAvailable=0, 1, 0, ",
        "minAvailable=1, 0, 1, ",
        "maxUnavailable=1, 1, , 1",
        "maxUnavailable=50%, 3, , 50%",
    })
    void aBudgetLetsSomePodGo(String budget, int replicas, String least, String most) {
        PodDisruptionBudget rendered = Chart.render(
                        Chart.MINIMAL, "--set=replicas=" + replicas + ",podDisruptionBudget." + budget)
                .the(PodDisruptionBudget.class);

        assertThat(text(rendered.getSpec().getMinAvailable())).isEqualTo(least);
        assertThat(text(rendered.getSpec().getMaxUnavailable())).isEqualTo(most);
        assertThat(rendered.getSpec().getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
    }

    private static String text(IntOrString value) {
        return value == null ? null : value.getValue().toString();
    }

    @ParameterizedTest
    @CsvSource({"minAvailable=1, 1", "minAvailable=3, 2", "minAvailable=100%, 3", "minAvailable=51%, 2"})
    void aBudgetThatHoldsUpEveryDrainIsRefused(String budget, int replicas) {
        assertThat(Chart.refusal("--set=replicas=" + replicas + ",podDisruptionBudget." + budget))
                .contains("podDisruptionBudget.minAvailable", "no node drained");
    }
}
