package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of the tools that our users work with, built from published Go modules whose checksums {@code src/tools/go.sum}
 * holds. The first build on a machine takes minutes; from then on Go's own caches make it seconds.
 */
public enum GoTool {
    /** The Helm command line client. */
    HELM(".", "helm.sh/helm/v3/cmd/helm", ""),
    /** Checks Prometheus' rules, and runs the tests of alerts; without service discovery, which is most of it. */
    PROMTOOL("promtool", "github.com/prometheus/prometheus/cmd/promtool", "remove_all_sd"),
    /** Checks a bundle for the Operator Lifecycle Manager: {@code manifests DIRECTORY}. It says what is wrong, and exits with 0. */
    OPERATOR_VERIFY("olm", "github.com/operator-framework/api/cmd/operator-verify", ""),
    /** Answers with the status of objects as Flux computes it; see its source for what it reads and writes. */
    KSTATUS(".", "./cmd/kstatus", ""),
    /** Runs Lua scripts as Argo CD does; see its source for what it reads and writes. */
    ARGOLUA(".", "./cmd/argolua", "");

    private static final Map<GoTool, Path> BUILT = new EnumMap<>(GoTool.class);
    private static final long LONGEST_BUILD_MINUTES = 30;

    private final String module;
    private final String goPackage;
    private final String tags;

    /**
     * @param module directory of its go.mod below {@code src/tools}: one of its own where dependencies would collide
     * @param tags Go's build tags; none if empty
     */
    GoTool(String module, String goPackage, String tags) {
        this.module = module;
        this.goPackage = goPackage;
        this.tags = tags;
    }

    /**
     * Builds it, once. Without Go, or with one that is too old, the test that asks is aborted, or fails where {@code CI=true}.
     *
     * @return the program
     */
    public Path path() {
        synchronized (BUILT) {
            return BUILT.computeIfAbsent(this, GoTool::build);
        }
    }

    private String program() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Path build() {
        Path root = ProjectRoot.find();
        try {
            needGo(root.resolve("src/tools").resolve(module));
            Path directory = Files.createDirectories(root.resolve("target/tools"));
            try (FileChannel channel = FileChannel.open(
                            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assertThat(lock.isValid()).isTrue();
                return build(root.resolve("src/tools").resolve(module), directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path build(Path goModule, Path directory) throws IOException {
        Path program = directory.resolve(program());
        Path log = directory.resolve(program() + ".log");
        ProcessBuilder command = new ProcessBuilder(List.of(
                        "go",
                        "build",
                        "-mod=readonly",
                        "-trimpath",
                        "-buildvcs=false",
                        "-ldflags=-s -w",
                        "-tags=" + tags,
                        "-o",
                        program.toString(),
                        goPackage))
                .directory(goModule.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().put("CGO_ENABLED", "0");
        command.environment().put("GOWORK", "off");
        assertThat(exitCode(command.start()))
                .as("go build %s: %s", goPackage, Files.readString(log))
                .isZero();
        return program;
    }

    private static int exitCode(Process process) throws IOException {
        try {
            if (!process.waitFor(LONGEST_BUILD_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("go build took longer than " + LONGEST_BUILD_MINUTES + " min");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Where it is not the fault of what is built. */
    private static void needGo(Path goModule) throws IOException {
        Optional<String> lacking = GoVersion.lacking(goModule);
        if (lacking.isPresent() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(lacking.get());
        }
        lacking.ifPresent(Assumptions::abort);
    }
}
