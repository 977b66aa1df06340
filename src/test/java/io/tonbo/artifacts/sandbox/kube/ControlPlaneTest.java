package io.tonbo.artifacts.sandbox.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees when the servers do not come up; the servers are scripts. */
class ControlPlaneTest {
    @TempDir
    Path scratch;

    private Path programs;
    private Path directory;

    @BeforeEach
    void twoDirectories() throws IOException {
        programs = Files.createDirectories(scratch.resolve("programs"));
        directory = Files.createDirectories(scratch.resolve("control-plane"));
    }

    @Test
    void aServerThatEndsIsNamedWithTheEndOfItsLog() throws Exception {
        script(KubeBinary.ETCD, "exec sleep 600");
        script(KubeBinary.KUBE_APISERVER, "echo 'error: unknown flag: --banana'; exit 7");
        assertThatThrownBy(() -> ControlPlane.start(new KubeBinaries(programs), directory, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("kube-apiserver ended with exit code 7", "unknown flag: --banana");
    }

    @Test
    void aFailedStartLeavesNeitherProcessesNorFiles() throws Exception {
        script(KubeBinary.ETCD, "echo $$ > '" + scratch + "/pid'; exec sleep 600");
        // Only once the other runs, so that there is something to clean up.
        script(KubeBinary.KUBE_APISERVER, "while [ ! -s '" + scratch + "/pid' ]; do sleep 0.1; done; exit 1");
        assertThatThrownBy(() -> ControlPlane.start(new KubeBinaries(programs), directory, false))
                .isInstanceOf(IllegalStateException.class);
        long pid = Long.parseLong(Files.readString(scratch.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(directory).doesNotExist();
    }

    @Test
    void aPortThatSomebodyTookIsTriedAgainOnOthers() throws Exception {
        script(KubeBinary.ETCD, "exec sleep 600");
        script(
                KubeBinary.KUBE_APISERVER,
                "echo \"$*\" >> '" + scratch
                        + "/calls'; echo 'listen tcp 127.0.0.1: bind: address already in use'; exit 1");
        assertThatThrownBy(() -> ControlPlane.start(new KubeBinaries(programs), directory, false))
                .hasMessageContaining("address already in use");
        assertThat(Files.readAllLines(scratch.resolve("calls"))).hasSize(3).doesNotHaveDuplicates();
    }

    private void script(KubeBinary binary, String content) throws IOException {
        Path script = programs.resolve(binary.fileName());
        Files.writeString(script, "#!/bin/sh\n" + content + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }
}
