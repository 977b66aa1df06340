package io.tonbo.artifacts.sandbox.kube;

import java.nio.file.Path;

/**
 * The programs of one Kubernetes version, ready to run.
 *
 * @param directory where they are
 */
public record KubeBinaries(Path directory) {
    /** The version of Kubernetes that the project is tested with. */
    public static final String KUBERNETES = "1.34.4";

    /**
     * @return the programs
     */
    public static KubeBinaries ready() {
        return new KubeBinaries(
                Path.of(System.getProperty("user.home"), ".kubeapitest", "k8s", KUBERNETES + "-linux-amd64"));
    }

    /**
     * @param binary which program
     * @return its absolute path
     */
    public Path path(KubeBinary binary) {
        return directory.resolve(binary.fileName());
    }
}
