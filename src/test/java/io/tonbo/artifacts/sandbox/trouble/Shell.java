package io.tonbo.artifacts.sandbox.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A person's shell: a directory with files in it, an administrator's kubeconfig, kubectl, and an editor that makes one change. */
final class Shell {
    private static final long SECONDS_AT_MOST = 60;

    private final KubeCluster cluster;
    private final Path directory;

    Shell(KubeCluster cluster, Path directory) {
        this.cluster = cluster;
        this.directory = directory;
    }

    void file(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a command line as it stands.
     *
     * @param command what is typed
     * @param edit what sed does to a file that is edited; null for nothing
     * @return what it put out
     */
    String run(String command, String edit) {
        try {
            Path output = Files.createTempFile(directory, "command", ".out");
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .put("PATH", cluster.kubectlProgram().getParent() + File.pathSeparator + System.getenv("PATH"));
            builder.environment()
                    .put("KUBECONFIG", cluster.adminKubeconfig().file().toString());
            builder.environment().put("KUBECACHEDIR", directory.resolve("cache").toString());
            builder.environment().put("KUBE_EDITOR", edit == null ? "true" : "sed -i -e '" + edit + "'");
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String text = Files.readString(output);
            assertThat(ended).as("it ended: %s\n%s", command, text).isTrue();
            assertThat(process.exitValue()).as("%s\n%s", command, text).isZero();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in: " + command, e);
        }
    }
}
