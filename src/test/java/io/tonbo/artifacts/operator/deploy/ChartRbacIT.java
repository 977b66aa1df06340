package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The roles that the chart renders, whatever its values, for the operator and for people. */
class ChartRbacIT {
    static List<Path> values() {
        return Chart.allValues();
    }

    @ParameterizedTest
    @MethodSource("values")
    void noSecretIsListedAndNothingIsAWildcard(Path values) {
        assertThat(new ShippedRbac(Chart.render(values).objects()).rules())
                .allSatisfy(rule -> assertThat(RbacReview.objections(rule)).isEmpty());
    }
}
