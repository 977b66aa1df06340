package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The programs of one Kubernetes version, ready to run: kube-apiserver, etcd, kube-controller-manager and kubectl. This and
 * what it calls need nothing but the JDK, so that it runs by itself once the tests are compiled:
 *
 * <pre>java -cp target/test-classes io.tonbo.artifacts.sandbox.kube.KubeBinaries</pre>
 */
public final class KubeBinaries {
    /** The version of Kubernetes that the project is tested with; {@code src/kube/go.mod} names it, too. */
    public static final String KUBERNETES = "1.34.4";

    private static KubeBinaries ready;

    private final Path directory;

    KubeBinaries(Path directory) {
        this.directory = directory;
    }

    /**
     * Finds the programs in {@code ~/.kubeapitest}, else downloads them, else builds them from Go modules, and says on
     * standard output which it was. Once in a JVM; later calls return at once.
     *
     * @return the programs
     * @throws BinariesUnavailableException if they can be had in no way; says what to do
     * @throws UncheckedIOException if the directory cannot be written
     */
    public static synchronized KubeBinaries ready() {
        if (ready == null) {
            BinarySettings settings = BinarySettings.standard();
            try {
                new BinaryProvision(settings, new Progress(System.out, Duration.ofSeconds(5))).run();
            } catch (IOException e) {
                throw new UncheckedIOException(settings.directory() + " cannot be filled", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the programs of Kubernetes were made", e);
            }
            ready = new KubeBinaries(settings.directory());
        }
        return ready;
    }

    /**
     * @param binary which program
     * @return its absolute path
     */
    public Path path(KubeBinary binary) {
        return directory.resolve(binary.fileName());
    }

    /**
     * Gets the programs ahead of time. Exit code 1 and a message on standard error if they cannot be had.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try {
            ready();
        } catch (BinariesUnavailableException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
