package io.tonbo.artifacts.operator.mountsession;

import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Who uses a published Secret: a Pod, or a Pod template, that names it, or that names its MountSession in annotation
 * {@value ArtifactsApi#MOUNT_SESSION}. Nothing else does, so nothing else may be restarted for it.
 *
 * @param secretName name of the Secret
 * @param mountSession name of the MountSession that publishes it, in the same namespace
 */
record SecretUse(String secretName, String mountSession) {
    SecretUse {
        Objects.requireNonNull(secretName, "secretName");
        Objects.requireNonNull(mountSession, "mountSession");
    }

    /**
     * @param annotations those of the Pod or of the template; null counts as none
     * @param spec what it runs; null counts as empty
     * @return whether it uses the Secret
     */
    boolean by(Map<String, String> annotations, PodSpec spec) {
        boolean says = annotations != null && mountSession.equals(annotations.get(ArtifactsApi.MOUNT_SESSION));
        return says || (spec != null && (each(spec.getVolumes()).anyMatch(this::inVolume) || inEnvironment(spec)));
    }

    private boolean inVolume(Volume volume) {
        boolean mounted = volume.getSecret() != null
                && secretName.equals(volume.getSecret().getSecretName());
        boolean forDriver = volume.getCsi() != null && isSecret(volume.getCsi().getNodePublishSecretRef());
        return mounted || forDriver || inProjection(volume);
    }

    private boolean inProjection(Volume volume) {
        return volume.getProjected() != null
                && each(volume.getProjected().getSources())
                        .anyMatch(source -> source.getSecret() != null
                                && secretName.equals(source.getSecret().getName()));
    }

    /** Of any container. Ephemeral ones are there in Pods only. */
    private boolean inEnvironment(PodSpec spec) {
        return Stream.of(
                        each(spec.getInitContainers()).map(c -> inEnvironment(c.getEnv(), c.getEnvFrom())),
                        each(spec.getContainers()).map(c -> inEnvironment(c.getEnv(), c.getEnvFrom())),
                        each(spec.getEphemeralContainers()).map(c -> inEnvironment(c.getEnv(), c.getEnvFrom())))
                .flatMap(used -> used)
                .anyMatch(Boolean::booleanValue);
    }

    private boolean inEnvironment(List<EnvVar> variables, List<EnvFromSource> sources) {
        boolean oneKey = each(variables)
                .anyMatch(variable -> variable.getValueFrom() != null
                        && variable.getValueFrom().getSecretKeyRef() != null
                        && secretName.equals(
                                variable.getValueFrom().getSecretKeyRef().getName()));
        return oneKey
                || each(sources)
                        .anyMatch(source -> source.getSecretRef() != null
                                && secretName.equals(source.getSecretRef().getName()));
    }

    private boolean isSecret(LocalObjectReference reference) {
        return reference != null && secretName.equals(reference.getName());
    }

    private static <T> Stream<T> each(List<T> list) {
        return list == null ? Stream.empty() : list.stream().filter(Objects::nonNull);
    }
}
