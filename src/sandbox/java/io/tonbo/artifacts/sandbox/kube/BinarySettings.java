package io.tonbo.artifacts.sandbox.kube;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the programs are kept and where they come from.
 *
 * @param directory where they are kept; the one that io.fabric8:kube-api-test looks in, too
 * @param platform what they are made for
 * @param kubernetesReleases base URL with the layout of https://dl.k8s.io/release
 * @param etcdReleases base URL with the layout of https://github.com/etcd-io/etcd/releases/download
 * @param connectTimeout how long to wait for such a server before it counts as unreachable
 * @param goModule directory of the Go module that builds the programs
 * @param searchPath directories that {@code go} is looked for in, as in the variable PATH
 */
record BinarySettings(
        Path directory,
        Platform platform,
        URI kubernetesReleases,
        URI etcdReleases,
        Duration connectTimeout,
        Path goModule,
        String searchPath) {
    /** The version that {@code src/kube/go.mod} builds, too. */
    static final String ETCD = "3.6.4";

    /**
     * @return the settings of this machine; the system properties {@code artifacts.kube.releases} and
     *     {@code artifacts.etcd.releases} name mirrors to download from
     */
    static BinarySettings standard() {
        Platform platform = Platform.current();
        return new BinarySettings(
                Path.of(
                        System.getProperty("user.home"),
                        ".kubeapitest",
                        "k8s",
                        KubeBinaries.KUBERNETES + "-" + platform),
                platform,
                URI.create(System.getProperty("artifacts.kube.releases", "https://dl.k8s.io/release")),
                URI.create(System.getProperty(
                        "artifacts.etcd.releases", "https://github.com/etcd-io/etcd/releases/download")),
                Duration.ofSeconds(3),
                ProjectRoot.find().resolve("src/kube"),
                String.valueOf(System.getenv("PATH")));
    }
}
