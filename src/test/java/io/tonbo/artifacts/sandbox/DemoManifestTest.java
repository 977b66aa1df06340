package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sandbox is to apply is looked at before anything starts. */
class DemoManifestTest {
    private static final String WORKSPACE = "kind: Workspace\nmetadata: {name: w}\n";
    private static final String SESSION = "kind: MountSession\nmetadata: {name: s}\n";

    @TempDir
    Path scratch;

    @Test
    void theQuickstart() {
        List<DemoManifest> manifests = DemoManifest.read(ProjectRoot.find().resolve("examples/quickstart"));
        assertThat(manifests)
                .extracting(manifest -> manifest.file().getFileName())
                .containsExactly(Path.of("workspace.yaml"), Path.of("mountsession.yaml"));
        Workspace workspace = (Workspace) manifests.get(0).object("http://127.0.0.1:9001");
        assertThat(workspace.getSpec().getStorage().getEndpoint()).isEqualTo("http://127.0.0.1:9001");
        assertThat(workspace.getSpec().getStorage().getBucket()).isEqualTo("team-data");
    }

    @Test
    void workspacesComeFirstWhateverTheFilesAreCalled() throws Exception {
        Files.writeString(scratch.resolve("a.yaml"), SESSION);
        Files.writeString(scratch.resolve("b.yaml"), WORKSPACE);
        Files.writeString(scratch.resolve("c.yaml"), WORKSPACE);
        Files.writeString(scratch.resolve("README.md"), "not a manifest");
        assertThat(DemoManifest.read(scratch))
                .extracting(manifest -> manifest.file().getFileName().toString())
                .containsExactly("b.yaml", "c.yaml", "a.yaml");
    }

    @Test
    void aDirectoryWithoutManifests() {
        assertThatThrownBy(() -> DemoManifest.read(scratch))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessage(
                        scratch + " holds no manifest (*.yaml): give a Workspace, a MountSession or a directory of them"
                                + " with -Dsandbox.manifest=..., such as examples/wrong-bucket.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | holds neither a Workspace nor a MountSession:",
                "'# nothing but words' | holds neither a Workspace nor a MountSession:",
                "metadata: {name: x} | holds neither a Workspace nor a MountSession:",
                "kind: Secret | holds neither a Workspace nor a MountSession but a Secret:",
                "just words | is not the YAML of one object:",
                "'kind: [' | is not the YAML of one object:",
                "'- kind: Workspace' | is not the YAML of one object:",
                "kind: Workspace | names no object: metadata.name:",
                "'{\"kind\": \"Workspace\", \"metadata\": {\"name\": \"x\"}, \"spec\": \"words\"}' | is not the YAML of a Workspace:"
            })
    void whatIsNone(String content, String said) throws Exception {
        Path file = Files.writeString(scratch.resolve("a.yaml"), content);
        assertThatThrownBy(() -> DemoManifest.read(file))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageStartingWith(file + " " + said)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void twoObjectsInAFileAreNotOne() throws Exception {
        Path file = Files.writeString(scratch.resolve("a.yaml"), WORKSPACE + "---\n" + SESSION);
        assertThatThrownBy(() -> DemoManifest.read(file))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageStartingWith(file + " ");
    }
}
