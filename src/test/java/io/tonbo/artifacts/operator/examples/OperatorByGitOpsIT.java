package io.tonbo.artifacts.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tonbo.artifacts.operator.testing.GoTool;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Argo CD and Flux are told in order to install the operator is what its chart takes. */
class OperatorByGitOpsIT {
    private static final Path ROOT = ProjectRoot.find();
    private static final Path CHART = ROOT.resolve("deploy/helm/artifacts-operator");
    private static final Path ARGO = ROOT.resolve("examples/gitops/argo/operator.yaml");
    private static final Path FLUX = ROOT.resolve("examples/gitops/flux/operator.yaml");
    private static final Path SYNC = ROOT.resolve("examples/gitops/flux/sync.yaml");
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    private Path directory;

    @Test
    void theApplicationInstallsAWorkingChart() throws Exception {
        JsonNode application = GitOpsTool.documents(ARGO).get(0);
        JsonNode source = application.at("/spec/source");

        assertIsTheChart(source.path("chart"), source.path("targetRevision"));
        List<JsonNode> rendered = render(
                source.at("/helm/releaseName"),
                application.at("/spec/destination/namespace"),
                source.at("/helm/valuesObject"));
        assertIsTheOperator(rendered, source.at("/helm/valuesObject"));
        assertThat(application.at("/spec/syncPolicy/managedNamespaceMetadata/labels"))
                .isEqualTo(systemNamespaceLabels());
        assertThat(application.at("/spec/syncPolicy/automated/prune").asBoolean(false))
                .isTrue();
        // Without this, crds.enabled=false would delete every Workspace of the cluster.
        assertThat(definitions(rendered))
                .hasSize(2)
                .extracting(crd -> crd.at("/metadata/annotations/argocd.argoproj.io~1sync-options")
                        .asText())
                .containsOnly("Prune=false");
    }

    @Test
    void theHelmReleaseInstallsAWorkingChart() throws Exception {
        List<JsonNode> documents = GitOpsTool.documents(FLUX);
        JsonNode namespace = documents.get(0);
        JsonNode repository = documents.get(1);
        JsonNode release = documents.get(2);

        assertThat(GitOpsTool.name(repository))
                .isEqualTo(release.at("/spec/chartRef/name").asText());
        assertThat(repository.at("/spec/url").asText())
                .endsWith("/" + chart().path("name").asText());
        assertThat(GitOpsTool.name(namespace))
                .isEqualTo(release.at("/spec/targetNamespace").asText())
                .isEqualTo(release.at("/spec/storageNamespace").asText());
        assertThat(namespace.at("/metadata/labels")).isEqualTo(systemNamespaceLabels());
        List<JsonNode> rendered = render(
                release.at("/spec/releaseName"), release.at("/spec/targetNamespace"), release.at("/spec/values"));
        assertIsTheOperator(rendered, release.at("/spec/values"));
    }

    /** The rights that a change takes away are taken away; the operator is there to the end. */
    @Test
    void fluxPrunesAndLeavesTheOperatorWhenItsKustomizationIsDeleted() {
        JsonNode kustomization = GitOpsTool.documents(SYNC).stream()
                .filter(each -> GitOpsTool.name(each).equals("artifacts-operator"))
                .findFirst()
                .orElseThrow();

        assertThat(kustomization.at("/spec/prune").asBoolean(false)).isTrue();
        assertThat(kustomization.at("/spec/deletionPolicy").asText()).isEqualTo("Orphan");
    }

    private static JsonNode systemNamespaceLabels() {
        return YAML.createObjectNode().put("pod-security.kubernetes.io/enforce", "restricted");
    }

    private static JsonNode chart() throws IOException {
        return YAML.readTree(CHART.resolve("Chart.yaml").toFile());
    }

    private static void assertIsTheChart(JsonNode name, JsonNode version) throws IOException {
        assertThat(name).isEqualTo(chart().path("name"));
        assertThat(chart().path("version").asText()).startsWith(version.asText());
    }

    /** The release's objects are called as in deploy/rbac, and the image and URL have come through. */
    private static void assertIsTheOperator(List<JsonNode> rendered, JsonNode values) {
        JsonNode deployment = only(rendered, "Deployment");
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        assertThat(GitOpsTool.name(deployment)).isEqualTo("artifacts-operator");
        assertThat(container.path("image").asText())
                .startsWith(values.at("/image/repository").asText() + ":");
        assertThat(StreamSupport.stream(container.path("env").spliterator(), false)
                        .filter(variable -> variable.path("name").asText().equals("ARTIFACTS_ORCHESTRATOR_URL"))
                        .map(variable -> variable.path("value")))
                .containsExactly(values.at("/orchestrator/url"));
        assertThat(definitions(rendered)).hasSize(2).allSatisfy(crd -> assertThat(
                        crd.at("/metadata/annotations/helm.sh~1resource-policy").asText())
                .isEqualTo("keep"));
    }

    private static List<JsonNode> definitions(List<JsonNode> objects) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals("CustomResourceDefinition"))
                .toList();
    }

    private static JsonNode only(List<JsonNode> objects, String kind) {
        List<JsonNode> found = objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** What values the chart's schema does not know, it refuses. */
    private List<JsonNode> render(JsonNode release, JsonNode namespace, JsonNode values)
            throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("values.yaml"), YAML.writeValueAsString(values));
        Path output = directory.resolve("rendered.yaml");
        Path errors = directory.resolve("errors");
        Process helm = new ProcessBuilder(
                        GoTool.HELM.path().toString(),
                        "template",
                        release.asText(),
                        CHART.toString(),
                        "--namespace=" + namespace.asText(),
                        "--kube-version=1.31.0",
                        "--values=" + file)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(helm.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(helm.exitValue()).as(Files.readString(errors)).isZero();
        return GitOpsTool.documents(output).stream().filter(JsonNode::isObject).toList();
    }
}
