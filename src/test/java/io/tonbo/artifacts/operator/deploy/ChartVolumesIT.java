package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that the operator is told of are in volumes of its Pod, from where the values say. */
class ChartVolumesIT {
    static List<Path> values() {
        return Chart.allValues();
    }

    /** Paths as the container sees them, each with the key that is behind it. */
    private static Map<String, String> files(Rendered rendered) {
        return rendered.container().getVolumeMounts().stream()
                .flatMap(mount -> items(volume(rendered, mount))
                        .map(item -> Map.entry(mount.getMountPath() + "/" + item.getPath(), item.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Volume volume(Rendered rendered, VolumeMount mount) {
        return rendered.operator().getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no volume " + mount.getName()));
    }

    private static Stream<KeyToPath> items(Volume volume) {
        if (volume.getConfigMap() != null) {
            return volume.getConfigMap().getItems().stream();
        }
        return volume.getSecret() == null ? Stream.empty() : volume.getSecret().getItems().stream();
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyFileThatTheOperatorReadsIsInAVolume(Path values) {
        Rendered rendered = Chart.render(values);
        List<String> read = rendered.environment().entrySet().stream()
                .filter(variable -> variable.getKey().matches("ARTIFACTS_.*_FILE"))
                .map(Map.Entry::getValue)
                .toList();

        assertThat(files(rendered).keySet()).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void theTokenIsOfTheKeyThatTheValuesName() {
        Rendered rendered = Chart.render(Chart.values("own-namespace"));

        assertThat(files(rendered)).containsExactly(Map.entry(tokenFile(rendered), "api-key"));
        assertThat(rendered.operator().getVolumes())
                .filteredOn(volume -> volume.getSecret() != null)
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getSecret().getSecretName()).isEqualTo("artifacts-token");
                    assertThat(volume.getSecret().getOptional())
                            .as("it may come later")
                            .isTrue();
                });
    }

    private static String tokenFile(Rendered rendered) {
        return rendered.environment().get("ARTIFACTS_TOKEN_FILE");
    }

    @ParameterizedTest
    @CsvSource({
        "locked-down, Secret company-ca,             bundle.pem",
        "openshift,   ConfigMap trusted-ca,          ca-bundle.crt",
        "everything,  ConfigMap tonbo-artifacts-ca,  ca.crt",
    })
    void theAuthoritiesAreWhereTheValuesSay(String values, String source, String key) {
        Rendered rendered = Chart.render(Chart.values(values));

        assertThat(files(rendered))
                .containsExactly(Map.entry(rendered.environment().get("ARTIFACTS_CA_FILE"), key));
        assertThat(rendered.operator().getVolumes())
                .filteredOn(volume -> volume.getName().equals("ca-bundle"))
                .extracting(volume -> volume.getSecret() != null
                        ? "Secret " + volume.getSecret().getSecretName()
                        : "ConfigMap " + volume.getConfigMap().getName())
                .containsExactly(source);
    }

    @Test
    void certificatesAmongTheValuesAreInAConfigMapOfTheRelease() {
        assertThat(Chart.render(Chart.values("everything"))
                        .the(ConfigMap.class, "tonbo-artifacts-ca")
                        .getData())
                .containsOnlyKeys("ca.crt");
    }
}
