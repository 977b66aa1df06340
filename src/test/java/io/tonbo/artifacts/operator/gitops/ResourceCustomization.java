package io.tonbo.artifacts.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What tells Argo CD about a kind, as it lies in Argo CD's own repository.
 *
 * @param kind Workspace or MountSession
 */
record ResourceCustomization(String kind) {
    /** The kinds that have one. */
    static final List<String> KINDS = List.of("Workspace", "MountSession");

    /** With this property what is generated is written, not compared. */
    static final boolean UPDATE = Boolean.getBoolean("artifacts.docs.update");

    static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private static final Path ALL = ProjectRoot.find().resolve("deploy/argocd/resource_customizations");

    Path directory() {
        return ALL.resolve(ArtifactsApi.GROUP).resolve(kind);
    }

    Path testdata(String name) {
        return directory().resolve("testdata").resolve(name + ".yaml");
    }

    /**
     * @param file a path below its directory
     * @return the text
     */
    String script(String file) {
        return text(directory().resolve(file));
    }

    /**
     * @param file a path below its directory
     * @return the YAML document
     */
    JsonNode document(String file) {
        try {
            return YAML.readTree(script(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param file {@code health_test.yaml} or {@code actions/action_test.yaml}
     * @param list the name of a list in it
     * @return its items
     */
    Stream<JsonNode> tests(String file, String list) {
        return StreamSupport.stream(document(file).path(list).spliterator(), false);
    }

    /**
     * @return the names of its actions, in order
     */
    List<String> actions() {
        return tests("actions/action_test.yaml", "actionTests")
                .map(test -> test.path("action").asText())
                .toList();
    }

    /**
     * @param what health or actions
     * @param kind Workspace or MountSession
     * @return under which key of {@code argocd-cm} its scripts stand
     */
    static String configMapKey(String what, String kind) {
        return "resource.customizations." + what + "." + ArtifactsApi.GROUP + "_" + kind;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
