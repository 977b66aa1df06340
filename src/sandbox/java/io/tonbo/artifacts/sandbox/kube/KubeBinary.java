package io.tonbo.artifacts.sandbox.kube;

import java.util.List;

/** The upstream programs that a control plane on one machine is made of. */
public enum KubeBinary {
    /** The API server's store. */
    ETCD("etcd"),
    /** The API server. */
    KUBE_APISERVER("kube-apiserver"),
    /** Garbage collection, namespace deletion, ServiceAccounts, Deployments. */
    KUBE_CONTROLLER_MANAGER("kube-controller-manager"),
    /** The command line client. */
    KUBECTL("kubectl");

    private final String fileName;

    KubeBinary(String fileName) {
        this.fileName = fileName;
    }

    /**
     * @return name of the program, and of its Go package below {@code src/kube/cmd}
     */
    public String fileName() {
        return fileName;
    }

    /**
     * @return what it says about itself when asked for its version
     */
    String versionMark() {
        return this == ETCD ? "etcd Version: 3." : "v" + KubeBinaries.KUBERNETES;
    }

    List<String> versionArguments() {
        return this == KUBECTL ? List.of("version", "--client") : List.of("--version");
    }
}
