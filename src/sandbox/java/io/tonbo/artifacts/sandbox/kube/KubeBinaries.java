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

    /** How long {@link #readyInSeconds} waits for a server that does not send, or not fast enough. */
    public static final Duration SECONDS = Duration.ofSeconds(20);

    /** How long it waits for downloads that will be through by then. */
    private static final Duration LONGEST = Duration.ofSeconds(75);

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
    public static KubeBinaries ready() {
        return ready(new PlainProgress(System.out, Duration.ofSeconds(5)));
    }

    /**
     * The same, telling somebody else.
     *
     * @param progress told what goes on
     * @return the programs
     * @throws BinariesUnavailableException if they can be had in no way; says what to do
     * @throws UncheckedIOException if the directory cannot be written
     */
    public static KubeBinaries ready(Progress progress) {
        return provide(progress, Patience.endless());
    }

    /**
     * Finds the programs, else downloads them if that takes but seconds; builds none.
     *
     * @param progress told what goes on
     * @return the programs
     * @throws BinariesUnavailableException if they cannot be had in {@link #SECONDS}; says in one line why
     * @throws UncheckedIOException if the directory cannot be written
     */
    public static KubeBinaries readyInSeconds(Progress progress) {
        return provide(progress, Patience.of(SECONDS, LONGEST));
    }

    private static synchronized KubeBinaries provide(Progress progress, Patience patience) {
        if (ready == null) {
            BinarySettings settings = BinarySettings.standard();
            try {
                new BinaryProvision(settings, progress, patience).run();
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
