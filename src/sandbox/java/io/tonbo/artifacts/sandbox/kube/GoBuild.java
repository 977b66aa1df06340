package io.tonbo.artifacts.sandbox.kube;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds programs from the published Go modules of Kubernetes and etcd, whose checksums {@code src/kube/go.sum} holds. The
 * first build of all takes about ten minutes on two cores and 3 GB of Go's caches.
 */
final class GoBuild {
    private static final Pattern GO_DIRECTIVE = Pattern.compile("^go (\\d+\\.\\d+)", Pattern.MULTILINE);

    private final BinarySettings settings;
    private final Progress progress;

    GoBuild(BinarySettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * @return the oldest Go that can build the module, as go.mod says, such as {@code 1.24}
     */
    String requiredGo() throws IOException {
        Path goMod = settings.goModule().resolve("go.mod");
        Matcher directive = GO_DIRECTIVE.matcher(Files.readString(goMod));
        if (!directive.find()) {
            throw new IOException(goMod + " names no version of Go");
        }
        return directive.group(1);
    }

    /**
     * @param binary which program
     * @param target file to write; may hold anything if this fails
     * @throws IOException if there is no Go or it fails; the message holds the end of its output
     */
    void build(KubeBinary binary, Path target) throws IOException, InterruptedException {
        Path go = go().orElseThrow(() -> new IOException("there is no `go` on the PATH"));
        ProcessBuilder command = new ProcessBuilder(
                        go.toString(),
                        "build",
                        // go.sum decides, whatever GOFLAGS says.
                        "-mod=readonly",
                        "-trimpath",
                        "-buildvcs=false",
                        "-ldflags=" + linkerFlags(),
                        "-o",
                        target.toString(),
                        "./cmd/" + binary.fileName())
                .directory(settings.goModule().toFile());
        // As upstream does: no C compiler is needed and the programs run on any distribution.
        command.environment().put("CGO_ENABLED", "0");
        command.environment().put("GOWORK", "off");
        Path log = target.resolveSibling(target.getFileName() + "-log");
        try (SupervisedProcess process = SupervisedProcess.start("go build " + binary.fileName(), command, log)) {
            while (process.isAlive()) {
                Thread.sleep(100);
                progress.tick();
            }
            if (process.exitValue() != 0) {
                throw new IOException(process.obituary());
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static String linkerFlags() {
        String version = "k8s.io/component-base/version.";
        List<String> numbers = List.of(KubeBinaries.KUBERNETES.split("\\.", -1));
        return "-s -w -X %1$sgitVersion=v%2$s -X %1$sgitMajor=%3$s -X %1$sgitMinor=%4$s -X %1$sgitTreeState=clean"
                .formatted(version, KubeBinaries.KUBERNETES, numbers.get(0), numbers.get(1));
    }

    private Optional<Path> go() {
        for (String directory : settings.searchPath().split(File.pathSeparator, -1)) {
            Path go = Path.of(directory, "go");
            if (!directory.isBlank() && Files.isRegularFile(go) && Files.isExecutable(go)) {
                return Optional.of(go.toAbsolutePath());
            }
        }
        return Optional.empty();
    }
}
