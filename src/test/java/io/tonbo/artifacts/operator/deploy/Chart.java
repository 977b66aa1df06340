package io.tonbo.artifacts.operator.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The chart in {@code deploy/helm}, and what Helm makes of it. */
final class Chart {
    /** Seen from the project's directory. */
    static final Path DIRECTORY = Path.of("deploy/helm/artifacts-operator");

    /** The release's name in these tests: the objects then have the names that the plain manifests have. */
    static final String RELEASE = "artifacts-operator";

    static final String NAMESPACE = "artifacts-system";

    /** What has no default. */
    static final Path MINIMAL = values("minimal");

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final Helm HELM = Helm.offline();

    private Chart() {}

    /**
     * @param name of one of the value files that go with the chart, such as {@code minimal}
     * @return the file, seen from the project's directory
     */
    static Path values(String name) {
        return DIRECTORY.resolve("ci").resolve(name + "-values.yaml");
    }

    /**
     * @return all the value files that go with the chart
     */
    static List<Path> allValues() {
        Path root = ProjectRoot.find();
        try (Stream<Path> files = Files.list(root.resolve(DIRECTORY).resolve("ci"))) {
            return files.map(root::relativize).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param more arguments of {@code helm template}, such as {@code --set}
     * @return what it comes to
     */
    static Helm.Result template(String... more) {
        return templateOf(RELEASE, more);
    }

    /**
     * @param release its name
     * @param more arguments of {@code helm template}, such as {@code --set}
     * @return what it comes to
     */
    static Helm.Result templateOf(String release, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                // The lowest that the documentation promises.
                "template", release, DIRECTORY.toString(), "--namespace=" + NAMESPACE, "--kube-version=1.31.0"));
        arguments.addAll(List.of(more));
        return HELM.run(arguments);
    }

    /**
     * @param values a file of values
     * @param more arguments of {@code helm template}, such as {@code --set}
     * @return the objects that it renders, hooks included
     */
    static Rendered render(Path values, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--values=" + values));
        arguments.addAll(List.of(more));
        return new Rendered(objects(template(arguments.toArray(String[]::new)).orFail()));
    }

    /**
     * @param yaml manifests
     * @return the objects in them
     */
    static List<HasMetadata> objects(String yaml) {
        Object content = SERIALIZATION.unmarshal(yaml);
        Collection<?> all = content instanceof Collection<?> several ? several : List.of(content);
        return all.stream().map(HasMetadata.class::cast).toList();
    }
}
