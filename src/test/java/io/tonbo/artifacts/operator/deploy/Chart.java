package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    /** The lowest version that the documentation promises. */
    private static final String KUBERNETES = "--kube-version=1.31.0";

    /** What the cluster has: {@code helm template} asks none. */
    private static final List<String> PROMETHEUS = Stream.of("ServiceMonitor", "PodMonitor", "PrometheusRule")
            .map(kind -> "--api-versions=monitoring.coreos.com/v1/" + kind)
            .toList();

    /** What was rendered before, by the arguments: Helm says the same again, and takes its time. */
    private static final Map<List<String>, String> RENDERED = new ConcurrentHashMap<>();

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
     * @return what it comes to, in a cluster that has the kinds of Prometheus' operator
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
        return template(release, PROMETHEUS, more);
    }

    /**
     * @param more arguments of {@code helm template}, such as {@code --set}
     * @return what it comes to where nobody has installed Prometheus' operator
     */
    static Helm.Result templateWithoutPrometheus(String... more) {
        return template(RELEASE, List.of(), more);
    }

    private static Helm.Result template(String release, List<String> kinds, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("template", release, DIRECTORY.toString(), "--namespace=" + NAMESPACE, KUBERNETES));
        arguments.addAll(kinds);
        arguments.addAll(List.of(more));
        return HELM.run(arguments);
    }

    /**
     * @param result of values that make no sense
     * @return what Helm says to them
     * @throws AssertionError if it takes them
     */
    static String refusal(Helm.Result result) {
        assertThat(result.exitCode()).as(result.output()).isNotZero();
        return result.errors();
    }

    /**
     * @param more arguments of {@code helm template} besides the minimal values, which make no sense
     * @return what Helm says to them
     * @throws AssertionError if it takes them
     */
    static String refusal(String... more) {
        return refusal(template(with(MINIMAL, more)));
    }

    /**
     * @param values a file of values
     * @param more arguments of {@code helm template}, such as {@code --set}
     * @return the objects that it renders, hooks included
     */
    static Rendered render(Path values, String... more) {
        String[] arguments = with(values, more);
        // The text, since objects can be changed.
        return new Rendered(objects(RENDERED.computeIfAbsent(
                List.of(arguments), any -> template(arguments).orFail())));
    }

    private static String[] with(Path values, String... more) {
        return Stream.concat(Stream.of("--values=" + values), Stream.of(more)).toArray(String[]::new);
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
