package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.kube.SupervisedProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whichever process ends, it is noticed and named. */
class VigilTest {
    private final Vigil vigil = new Vigil();

    @TempDir
    Path scratch;

    @Test
    @Timeout(30)
    void theOneThatEndedIsNamed() throws Exception {
        try (SupervisedProcess redis = start("Redis", "exec sleep 600");
                SupervisedProcess etcd = start("etcd", "echo 'no space'; exit 3")) {
            vigil.over(redis);
            assertThat(vigil.obituary()).isEmpty();
            vigil.over(List.of(etcd));
            vigil.awaitEnd();
            assertThat(vigil.obituary())
                    .hasValueSatisfying(said -> assertThat(said).contains("etcd ended with exit code 3", "no space"));
        }
    }

    private SupervisedProcess start(String name, String script) {
        return SupervisedProcess.start(name, new ProcessBuilder("/bin/sh", "-c", script), scratch.resolve(name));
    }
}
