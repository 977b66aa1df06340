package io.tonbo.artifacts.release.bundle;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The operator's Deployment as the Operator Lifecycle Manager runs it: it watches the namespaces of the OperatorGroup, and has
 * what a Subscription sets ({@code spec.config.env}) in the place of the example's values.
 */
final class ManagedDeployment {
    private static final Set<String> OF_THE_SUBSCRIPTION =
            Set.of("ARTIFACTS_ORCHESTRATOR_URL", "ARTIFACTS_TOKEN_FILE", "ARTIFACTS_SHARED_CONNECTION_NAMESPACES");

    private static final EnvVar WATCHED = new EnvVarBuilder()
            .withName("QUARKUS_OPERATOR_SDK_NAMESPACES")
            .withNewValueFrom()
            .withNewFieldRef()
            .withFieldPath("metadata.annotations['olm.targetNamespaces']")
            .endFieldRef()
            .endValueFrom()
            .build();

    private ManagedDeployment() {}

    /**
     * @param example the Deployment that is shipped
     * @param image of the operator, with a tag or a digest
     * @return what the Operator Lifecycle Manager makes a Deployment of
     */
    static DeploymentSpec of(Deployment example, String image) {
        Container container =
                example.getSpec().getTemplate().getSpec().getContainers().get(0);
        List<EnvVar> env = new ArrayList<>(container.getEnv().stream()
                .filter(variable -> !OF_THE_SUBSCRIPTION.contains(variable.getName()))
                .filter(variable -> !WATCHED.getName().equals(variable.getName()))
                .toList());
        env.add(WATCHED);
        return new DeploymentBuilder(example)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .withCommand(List.of())
                .withEnv(env)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build()
                .getSpec();
    }
}
