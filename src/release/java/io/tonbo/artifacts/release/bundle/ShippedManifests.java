package io.tonbo.artifacts.release.bundle;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the repository ships for administrators, as it is in its files. */
final class ShippedManifests {
    private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---$");
    /** {@code >=1.31.0-0}: the last part is for distributions that put one of their own there. */
    private static final Pattern OLDEST_KUBERNETES = Pattern.compile("(?m)^kubeVersion: \">=(\\d+\\.\\d+\\.\\d+)-0\"$");

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final Path project;

    /**
     * @param project the project's root
     */
    ShippedManifests(Path project) {
        this.project = project;
    }

    /**
     * @return how the operator runs
     * @throws IOException if it cannot be read
     */
    Deployment deployment() throws IOException {
        return only("examples/operator.yaml", Deployment.class);
    }

    /**
     * @return what it may do in the namespaces it watches, and in its own
     * @throws IOException if it cannot be read
     */
    ClusterRole role() throws IOException {
        return only("deploy/rbac/operator.yaml", ClusterRole.class);
    }

    /**
     * @return what else it may do in its own namespace: which of several replicas works is settled there
     * @throws IOException if it cannot be read
     */
    Role ownRole() throws IOException {
        return only("deploy/rbac/operator.yaml", Role.class);
    }

    /**
     * @return the files of the CRDs, in the order of their names
     * @throws IOException if they cannot be listed
     */
    List<Path> crdFiles() throws IOException {
        try (Stream<Path> files = Files.list(project.resolve("deploy/crds"))) {
            return files.sorted().toList();
        }
    }

    /**
     * @return the CRDs, in the order of their files
     * @throws IOException if they cannot be read
     */
    List<CustomResourceDefinition> crds() throws IOException {
        List<CustomResourceDefinition> crds = new ArrayList<>();
        for (Path file : crdFiles()) {
            crds.add(YAML.unmarshal(Files.readString(file), CustomResourceDefinition.class));
        }
        return crds;
    }

    /**
     * @return the oldest version of Kubernetes that the chart installs into, such as {@code 1.31.0}
     * @throws IOException if the chart cannot be read
     */
    String oldestKubernetes() throws IOException {
        Matcher version = OLDEST_KUBERNETES.matcher(
                Files.readString(project.resolve("deploy/helm/artifacts-operator/Chart.yaml")));
        if (!version.find()) {
            throw new IllegalStateException("the chart names no oldest version of Kubernetes");
        }
        return version.group(1);
    }

    /**
     * @return a resource of each kind
     * @throws IOException if they cannot be read
     */
    List<GenericKubernetesResource> examples() throws IOException {
        return List.of(
                first("examples/aws-s3.yaml", "Workspace"), first("examples/mount/session.yaml", "MountSession"));
    }

    /**
     * @return a picture for lists of operators, SVG
     * @throws IOException if it cannot be read
     */
    byte[] icon() throws IOException {
        return Files.readAllBytes(project.resolve("src/sandbox/resources/io/tonbo/artifacts/sandbox/page/favicon.svg"));
    }

    private GenericKubernetesResource first(String file, String kind) throws IOException {
        for (String document : documents(file)) {
            GenericKubernetesResource resource = YAML.unmarshal(document, GenericKubernetesResource.class);
            if (kind.equals(resource.getKind())) {
                return resource;
            }
        }
        throw new IllegalStateException(file + " has no " + kind);
    }

    private <T extends HasMetadata> T only(String file, Class<T> type) throws IOException {
        for (String document : documents(file)) {
            if (YAML.unmarshal(document, GenericKubernetesResource.class)
                    .getKind()
                    .equals(type.getSimpleName())) {
                return YAML.unmarshal(document, type);
            }
        }
        throw new IllegalStateException(file + " has no " + type.getSimpleName());
    }

    private List<String> documents(String file) throws IOException {
        return Stream.of(DOCUMENTS.split(Files.readString(project.resolve(file))))
                .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
                .toList();
    }
}
