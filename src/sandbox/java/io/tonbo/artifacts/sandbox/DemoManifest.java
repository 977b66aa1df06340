package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file with one Workspace or one MountSession, read before anything starts.
 *
 * @param file where it is
 * @param kind which of the two
 * @param text its content
 */
record DemoManifest(Path file, Kind kind, String text) {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /** In the order in which they are applied: the story is easier to follow, though any order leads there. */
    enum Kind {
        WORKSPACE("Workspace", Workspace.class),
        MOUNT_SESSION("MountSession", MountSession.class);

        private final String words;
        private final Class<? extends CustomResource<?, ? extends ResourceStatus>> type;

        Kind(String words, Class<? extends CustomResource<?, ? extends ResourceStatus>> type) {
            this.words = words;
            this.type = type;
        }
    }

    /**
     * @param place a manifest, or a directory of them (*.yaml)
     * @return the manifests in the order in which to apply them, one at least
     * @throws UnusableSettingException if there is none, or if a file holds something else; says which
     */
    static List<DemoManifest> read(Path place) {
        List<DemoManifest> manifests = files(place).stream()
                .map(DemoManifest::readFile)
                .sorted(Comparator.comparing(DemoManifest::kind))
                .toList();
        if (manifests.isEmpty()) {
            throw unusable(place, "holds no manifest (*.yaml)");
        }
        return manifests;
    }

    private static List<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unusable(place, "cannot be read");
        }
    }

    private static DemoManifest readFile(Path file) {
        try {
            String text = Files.readString(file);
            return new DemoManifest(file, kind(file, text), text).checked();
        } catch (IOException e) {
            throw unusable(file, "cannot be read");
        }
    }

    private static Kind kind(Path file, String text) {
        String said;
        try {
            GenericKubernetesResource any = YAML.unmarshal(text, GenericKubernetesResource.class);
            said = any == null ? null : any.getKind();
        } catch (RuntimeException e) {
            throw unusable(file, "is not the YAML of one object");
        }
        return Stream.of(Kind.values())
                .filter(kind -> kind.words.equals(said))
                .findFirst()
                .orElseThrow(() -> unusable(
                        file, "holds neither a Workspace nor a MountSession" + (said == null ? "" : " but a " + said)));
    }

    private DemoManifest checked() {
        String name;
        try {
            name = object("").getMetadata().getName();
        } catch (RuntimeException e) {
            throw unusable(file, "is not the YAML of a " + kind.words);
        }
        if (name == null || name.isBlank()) {
            throw unusable(file, "names no object: metadata.name");
        }
        return this;
    }

    /**
     * @param endpoint the S3 server that it is to name, in place of the one that the examples name
     * @return the object, as its author wrote it otherwise
     */
    CustomResource<?, ? extends ResourceStatus> object(String endpoint) {
        return YAML.unmarshal(text.replace(DemoObjects.EXAMPLES_ENDPOINT, endpoint), kind.type);
    }

    private static UnusableSettingException unusable(Path place, String why) {
        return new UnusableSettingException(
                place + " " + why + ": give a Workspace, a MountSession or a directory of them with "
                        + "-Dsandbox.manifest=..., such as examples/wrong-bucket.yaml");
    }
}
