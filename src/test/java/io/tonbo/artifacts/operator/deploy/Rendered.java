package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the chart came to.
 *
 * @param objects all objects, hooks included
 */
record Rendered(List<HasMetadata> objects) {
    Rendered {
        objects = List.copyOf(objects);
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The only one of its kind. */
    <T extends HasMetadata> T the(Class<T> type) {
        assertThat(all(type)).as(type.getSimpleName()).hasSize(1);
        return all(type).get(0);
    }

    <T extends HasMetadata> T the(Class<T> type, String name) {
        return all(type).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name + " in " + names()));
    }

    /** Each as {@code Kind name}, or {@code Kind namespace/name}. */
    List<String> names() {
        return objects.stream()
                .map(object -> object.getKind() + " "
                        + (object.getMetadata().getNamespace() == null
                                ? ""
                                : object.getMetadata().getNamespace() + "/")
                        + object.getMetadata().getName())
                .toList();
    }

    /** Of every Pod that comes of it: the operator's, tests' and hooks'. */
    List<PodSpec> pods() {
        return objects.stream().map(Rendered::pod).filter(spec -> spec != null).toList();
    }

    private static PodSpec pod(HasMetadata object) {
        if (object instanceof Deployment deployment) {
            return deployment.getSpec().getTemplate().getSpec();
        }
        if (object instanceof Job job) {
            return job.getSpec().getTemplate().getSpec();
        }
        return object instanceof Pod pod ? pod.getSpec() : null;
    }

    PodSpec operator() {
        return the(Deployment.class).getSpec().getTemplate().getSpec();
    }

    Container container() {
        assertThat(operator().getContainers()).hasSize(1);
        return operator().getContainers().get(0);
    }

    /** What comes from the Pod is {@code <path>}. */
    Map<String, String> environment() {
        return container().getEnv().stream().collect(Collectors.toMap(EnvVar::getName, Rendered::value));
    }

    private static String value(EnvVar variable) {
        return variable.getValueFrom() == null
                ? variable.getValue()
                : "<" + variable.getValueFrom().getFieldRef().getFieldPath() + ">";
    }

    /** Each verb of a rule as {@code verb group/resource}, with {@code =name} where it is for one object. */
    static List<String> permissions(List<PolicyRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.getApiGroups().stream()
                        .flatMap(group -> rule.getResources().stream().flatMap(resource -> rule.getVerbs().stream()
                                .map(verb -> verb + " " + group + "/" + resource + names(rule)))))
                .toList();
    }

    private static String names(PolicyRule rule) {
        return rule.getResourceNames().isEmpty() ? "" : "=" + String.join(",", rule.getResourceNames());
    }
}
