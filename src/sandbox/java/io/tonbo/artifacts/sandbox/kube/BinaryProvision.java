package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Gets the programs: those that are there, else the published ones, else built from Go modules, in that order. */
final class BinaryProvision {
    /** Within one JVM; a file lock keeps other processes out. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final BinarySettings settings;
    private final Progress progress;
    private final BinaryStore store;
    private final Patience patience;
    private final BinaryDownload download;
    private final GoBuild build;
    private final Map<Way, Set<KubeBinary>> ways = new EnumMap<>(Way.class);
    private final List<String> troubles = new ArrayList<>();

    private enum Way {
        FOUND("found"),
        DOWNLOADED("downloaded"),
        BUILT("built from Go modules");

        private final String words;

        Way(String words) {
            this.words = words;
        }
    }

    /** One way of getting a program into a file. */
    @FunctionalInterface
    private interface Source {
        void get(KubeBinary binary, Path target) throws IOException, InterruptedException;
    }

    /**
     * @param patience with an end to it: nothing is built, and slow downloads are given up
     */
    BinaryProvision(BinarySettings settings, Progress progress, Patience patience) {
        this.settings = settings;
        this.progress = progress;
        this.patience = patience;
        this.store = new BinaryStore(settings.directory());
        this.download = new BinaryDownload(settings, progress, patience);
        this.build = new GoBuild(settings, progress);
    }

    /**
     * Gets all programs and says in one line how.
     *
     * @throws BinariesUnavailableException if one of them can be had in no way
     * @throws IOException if the directory cannot be written
     */
    void run() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        synchronized (ONE_AT_A_TIME) {
            for (KubeBinary binary : KubeBinary.values()) {
                if (store.defect(binary).isEmpty()) {
                    note(Way.FOUND, binary);
                }
            }
            if (!missing().isEmpty()) {
                store.exclusively(progress, patience, this::provideMissing);
            }
        }
        progress.say(summary(secondsSince(begun)));
    }

    private Set<KubeBinary> missing() {
        Set<KubeBinary> missing = EnumSet.allOf(KubeBinary.class);
        ways.values().forEach(missing::removeAll);
        return missing;
    }

    private void provideMissing() throws IOException, InterruptedException {
        patience.expect(missing());
        for (KubeBinary binary : missing()) {
            // Looked at again: somebody else may have made it while we waited.
            Optional<String> defect = store.defect(binary);
            if (defect.isEmpty()) {
                note(Way.FOUND, binary);
                continue;
            }
            if (store.contains(binary)) {
                progress.say(store.path(binary) + " is of no use, " + defect.get() + ": replacing it");
            }
            provide(binary);
        }
    }

    private void provide(KubeBinary binary) throws IOException, InterruptedException {
        boolean done = tried(Way.DOWNLOADED, "downloading " + binary.fileName(), binary, download::fetch)
                || (patience.isEndless()
                        && tried(
                                Way.BUILT, "building " + binary.fileName() + " from Go modules", binary, build::build));
        if (!done) {
            throw unavailable(binary);
        }
    }

    private boolean tried(Way way, String task, KubeBinary binary, Source source)
            throws IOException, InterruptedException {
        Path unfinished = store.unfinished(binary);
        progress.begin(task);
        long begun = System.nanoTime();
        try {
            source.get(binary, unfinished);
            Optional<String> defect = store.install(binary, unfinished);
            if (defect.isPresent()) {
                throw new IOException(defect.get());
            }
            note(way, binary);
            return true;
        } catch (IOException e) {
            troubles.add(task + ": " + e.getMessage());
            if (patience.isEndless()) {
                // Else the caller is told, and says it.
                progress.say(task + " failed after " + secondsSince(begun) + " s: " + e.getMessage());
            }
            return false;
        } finally {
            store.discard(unfinished);
        }
    }

    private static long secondsSince(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    }

    private void note(Way way, KubeBinary binary) {
        ways.computeIfAbsent(way, none -> EnumSet.noneOf(KubeBinary.class)).add(binary);
    }

    private String summary(long seconds) {
        String subject = "Kubernetes " + KubeBinaries.KUBERNETES + " in " + settings.directory() + ": ";
        if (ways.keySet().equals(EnumSet.of(Way.FOUND))) {
            return subject + "found";
        }
        if (ways.size() == 1) {
            return subject + ways.keySet().iterator().next().words + " in " + seconds + " s";
        }
        StringJoiner parts = new StringJoiner("; ");
        ways.forEach((way, binaries) -> parts.add(
                way.words + ": " + binaries.stream().map(KubeBinary::fileName).collect(Collectors.joining(", "))));
        return subject + parts + "; in " + seconds + " s";
    }

    private BinariesUnavailableException unavailable(KubeBinary binary) throws IOException {
        if (!patience.isEndless()) {
            return new BinariesUnavailableException(troubles.get(troubles.size() - 1));
        }
        return new BinariesUnavailableException(
                """
                There is no %1$s, and the tests and the sandbox need a real Kubernetes API server. What was tried:
                  - looked for %2$s
                  - %3$s
                Do one of these, then run the same command again:
                  - install Go %4$s or newer, so that `go` is on the PATH: the programs are then built from Go modules, once, in about \
                ten minutes;
                  - let this machine reach %5$s and %6$s;
                  - put kube-apiserver, etcd, kubectl and kube-controller-manager of Kubernetes %7$s for %8$s into %9$s."""
                        .formatted(
                                binary.fileName(),
                                store.path(binary),
                                String.join("\n  - ", troubles),
                                build.requiredGo(),
                                settings.kubernetesReleases(),
                                settings.etcdReleases(),
                                KubeBinaries.KUBERNETES,
                                settings.platform(),
                                settings.directory()));
    }
}
