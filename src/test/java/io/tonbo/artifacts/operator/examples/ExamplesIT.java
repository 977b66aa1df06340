package io.tonbo.artifacts.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.testing.DyingNamespace;
import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import io.tonbo.artifacts.sandbox.kube.Kubectl;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example is accepted as it is, without a warning, by the API server that would have it. And every one is shown to do
 * what it says by a test; or its Pods, which nothing runs here, are shown to refer to what is there, and their sessions to
 * mount; or it needs something that cannot be had here.
 */
class ExamplesIT {
    private static final Path EXAMPLES = ProjectRoot.find().resolve("examples");
    private static final List<String> NAMESPACES = List.of("argocd", "flux-system", "team-a", "team-b", "team-files");

    /** A new example needs a line here. */
    private static final Map<String, Proof> PROOFS = new TreeMap<>();

    /**
     * That an example does what it says.
     *
     * @param kind how far that is shown
     * @param by the test that shows it; where there is none, what that would need
     */
    private record Proof(Kind kind, String by) {}

    private enum Kind {
        /** A test has it do what it says. */
        SHOWN,
        /** A test looks whether what its Pods refer to is there. No container runs. */
        REFERENCES_CHECKED,
        /** No test. */
        NEEDS
    }

    static {
        shownBy("SandboxIT", "quickstart/workspace.yaml");
        shownBy("SandboxIT", "quickstart/mountsession.yaml");
        shownBy("SandboxIT", "wrong-bucket.yaml");
        shownBy("WorkspaceExamplesIT", "minimal.yaml");
        shownBy("WorkspaceExamplesIT", "minio.yaml");
        shownBy("WorkspaceExamplesIT", "adopt.yaml");
        shownBy("WorkspaceExamplesIT", "suspend.yaml");
        needs("Amazon S3", "aws-s3.yaml");
        needs("Tigris", "tigris.yaml");
        needs("Cloudflare R2", "r2.yaml");
        needs("an image of the operator", "operator.yaml");
        shownBy("KustomizeIT", "kustomize/operator/kustomization.yaml");
        shownBy("KustomizeIT", "kustomize/some-namespaces/kustomization.yaml");
        shownBy("KustomizeIT", "kustomize/some-namespaces/permissions.yaml");
        shownBy("MountExamplesIT", "mount/session.yaml");
        referencesCheckedBy("MountExamplesIT", "mount/pod.yaml");
        referencesCheckedBy("MountExamplesIT", "mount/deployment.yaml");
        referencesCheckedBy("MountExamplesIT", "mount/ci-job.yaml");
        referencesCheckedBy("MountExamplesIT", "mount/csi-pv.yaml");
        referencesCheckedBy("MountExamplesIT", "mount/read-only.yaml");
        shownBy("ParallelAgentsIT", "mount/agents.yaml");
        shownBy("GitOpsIT", "gitops/argo/application.yaml");
        shownBy("LifeStatesIT", "gitops/argo/argocd-cm.yaml");
        shownBy("GitOpsIT", "gitops/flux/sync.yaml");
        shownBy("OperatorByGitOpsIT", "gitops/argo/operator.yaml");
        shownBy("OperatorByGitOpsIT", "gitops/flux/operator.yaml");
        shownBy("GitOpsIT", "gitops/team-files/kustomization.yaml");
        shownBy("GitOpsIT", "gitops/team-files/workspace/kustomization.yaml");
        shownBy("GitOpsIT", "gitops/team-files/workspace/namespace.yaml");
        shownBy("GitOpsIT", "gitops/team-files/workspace/workspace.yaml");
        shownBy("GitOpsIT", "gitops/team-files/app/kustomization.yaml");
        shownBy("GitOpsIT", "gitops/team-files/app/mountsession.yaml");
        shownBy("GitOpsIT", "gitops/team-files/app/deployment.yaml");
    }

    private static void shownBy(String test, String example) {
        PROOFS.put(example, new Proof(Kind.SHOWN, test));
    }

    private static void referencesCheckedBy(String test, String example) {
        PROOFS.put(example, new Proof(Kind.REFERENCES_CHECKED, test));
    }

    private static void needs(String need, String example) {
        PROOFS.put(example, new Proof(Kind.NEEDS, need));
    }

    @BeforeAll
    static void makeRoom() {
        GitOpsKinds.install();
        for (String name : NAMESPACES) {
            String namespace =
                    "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\"}}";
            cluster()
                    .kubectlAs(cluster().adminKubeconfig())
                    .runWithInput(namespace, "apply", "-f", "-")
                    .orFail();
        }
    }

    @AfterAll
    static void tidyUp() {
        List<DyingNamespace> dying = NAMESPACES.stream()
                .map(name -> new DyingNamespace(cluster().adminClient(), name))
                .toList();
        dying.forEach(DyingNamespace::delete);
        dying.forEach(namespace -> namespace.untilGone(() -> "nothing"));
    }

    private static KubeCluster cluster() {
        return SharedKubeCluster.cluster();
    }

    static List<String> manifests() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> EXAMPLES.relativize(file).toString())
                    .filter(file -> !file.equals("README.md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void theApiServerAccepts(String manifest) {
        Path file = EXAMPLES.resolve(manifest);
        boolean directory = file.endsWith("kustomization.yaml");
        Kubectl.Result result = cluster()
                .kubectl(
                        "apply",
                        "--dry-run=server",
                        "--validate=strict",
                        directory ? "-k" : "-f",
                        (directory ? file.getParent() : file).toString());

        assertThat(result.orFail()).contains("(server dry run)");
        // What is in the cluster for all tests was applied in another way, which is no fault of the example.
        assertThat(result.errors().lines().filter(line -> !line.contains("last-applied-configuration")))
                .as("warnings")
                .isEmpty();
    }

    @Test
    void everyExampleIsShownAtWorkOrNeedsWhatIsNotHere() throws IOException {
        assertThat(manifests()).containsExactlyInAnyOrderElementsOf(PROOFS.keySet());
        for (Map.Entry<String, Proof> each : PROOFS.entrySet()) {
            Proof proof = each.getValue();
            if (proof.kind() != Kind.NEEDS) {
                assertThat(uses(source(proof.by()), each.getKey()))
                        .as("%s is in %s", each.getKey(), proof.by())
                        .isTrue();
            }
        }
    }

    /** By its own name, or by that of a directory that is taken whole. */
    private static boolean uses(String source, String example) {
        for (Path part = Path.of(example); part != null; part = part.getParent()) {
            if (source.contains("examples/" + part + "\"")) {
                return true;
            }
        }
        return false;
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> sources = Files.walk(ProjectRoot.find().resolve("src/test/java"))) {
            return Files.readString(sources.filter(file -> file.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + test)));
        }
    }

    @Test
    void theIndexNamesEveryExample() throws IOException {
        String index = Files.readString(EXAMPLES.resolve("README.md"));

        assertThat(index)
                .contains(manifests().stream()
                        .map(file -> "](" + (file.startsWith("gitops/team-files/") ? "gitops/team-files/" : file) + ")")
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyExampleSaysWhatItShows() throws IOException {
        for (String manifest : manifests()) {
            assertThat(Files.readString(EXAMPLES.resolve(manifest)))
                    .as(manifest)
                    .startsWith("# ");
        }
    }
}
