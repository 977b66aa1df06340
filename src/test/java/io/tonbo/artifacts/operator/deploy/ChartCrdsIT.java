package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of the CustomResourceDefinitions of a release, and who says so. */
class ChartCrdsIT {
    private static final String PRUNED = "argocd\\.argoproj\\.io/sync-options";

    @Test
    void bothHaveTheAnnotationsThatWereAskedFor() {
        assertThat(annotated("--set=crds.annotations." + PRUNED + "=Prune=false"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "helm.sh/resource-policy", "keep",
                        "argocd.argoproj.io/sync-options", "Prune=false"));
        assertThat(annotated("--set=crds.keep=false", "--set=crds.annotations.a=b"))
                .containsExactly(Map.entry("a", "b"));
        assertThat(annotated("--set=crds.keep=false")).isEmpty();
    }

    @Test
    void aCheckThatFailedDoesNotStayForEver() {
        assertThat(Chart.render(Chart.MINIMAL, "--set=crds.keep=false")
                        .the(Job.class)
                        .getSpec()
                        .getTtlSecondsAfterFinished())
                .isEqualTo(86_400);
    }

    /** The same of both. */
    private static Map<String, String> annotated(String... values) {
        var definitions = Chart.render(Chart.MINIMAL, values).all(CustomResourceDefinition.class);
        Map<String, String> annotations = definitions.get(0).getMetadata().getAnnotations();
        assertThat(definitions).hasSize(2).extracting("metadata.annotations").containsOnly(annotations);
        return annotations;
    }
}
