package io.tonbo.artifacts.operator.examples;

import io.tonbo.artifacts.operator.testing.SharedKubeCluster;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.nio.file.Path;

/** The kinds of Argo CD and Flux that the examples use, in the shared cluster. Nobody reconciles them there. */
final class GitOpsKinds {
    /** A directory with the tools' own CustomResourceDefinitions, in place of those in {@code src/test/resources/gitops}. */
    private static final String OTHERS = System.getProperty("artifacts.gitops.crds");

    private GitOpsKinds() {}

    /** Installs them; a second time changes nothing. */
    static void install() {
        SharedKubeCluster.cluster()
                .applyCrds(OTHERS == null ? ProjectRoot.find().resolve("src/test/resources/gitops") : Path.of(OTHERS));
    }
}
