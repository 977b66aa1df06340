package io.tonbo.artifacts.sandbox.kube;

import java.util.List;

/** The upstream programs that a control plane on one machine is made of. */
public enum KubeBinary {
    /** The API server's store. */
    ETCD("etcd", 23),
    /** The API server. */
    KUBE_APISERVER("kube-apiserver", 84),
    /** Garbage collection, namespace deletion, ServiceAccounts, Deployments. */
    KUBE_CONTROLLER_MANAGER("kube-controller-manager", 75),
    /** The command line client. */
    KUBECTL("kubectl", 60);

    private final String fileName;
    private final long usualDownload;

    KubeBinary(String fileName, int megabytes) {
        this.fileName = fileName;
        this.usualDownload = megabytes * 1_000_000L;
    }

    /**
     * @return name of the program, and of its Go package below {@code src/kube/cmd}
     */
    public String fileName() {
        return fileName;
    }

    /**
     * @return about how many bytes its download has, until its server says so exactly
     */
    long usualDownload() {
        return usualDownload;
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
