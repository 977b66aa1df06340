package io.tonbo.artifacts.sandbox;

import io.tonbo.artifacts.sandbox.kube.BinariesUnavailableException;
import io.tonbo.artifacts.sandbox.kube.KubeBinaries;
import io.tonbo.artifacts.sandbox.kube.Progress;
import io.tonbo.artifacts.sandbox.terminal.Display;
import io.tonbo.artifacts.sandbox.terminal.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Starts the Kubernetes API that was asked for, or the one that can be had. */
final class KubernetesStart {
    private final SandboxSettings settings;
    private final Display display;

    KubernetesStart(SandboxSettings settings, Display display) {
        this.settings = settings;
        this.display = display;
    }

    /**
     * @param parent directory that takes its files
     * @return the running part
     * @throws BinariesUnavailableException if only the real one will do, and it cannot be had; says what to do
     * @throws IllegalStateException if it does not start; says why
     */
    KubernetesPart run(Path parent) throws IOException {
        Step step = display.begin("Kubernetes", "looking for the programs");
        Optional<KubeBinaries> binaries = binaries(step);
        KubernetesPart part;
        if (binaries.isPresent()) {
            part = RealKubernetes.start(binaries.get(), settings.project(), parent, step);
        } else {
            step.phase("starting the mock server");
            part = MockedKubernetes.start(settings.project(), parent);
        }
        step.done(part.description());
        return part;
    }

    private Optional<KubeBinaries> binaries(Step step) {
        return switch (settings.kubernetes()) {
            case REAL -> Optional.of(real(step));
            case MOCK -> Optional.empty();
            case AUTO -> inSeconds(step);
        };
    }

    private static KubeBinaries real(Step step) {
        try {
            return KubeBinaries.ready(new StepProgress(step));
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(unwritable(e), e);
        }
    }

    private Optional<KubeBinaries> inSeconds(Step step) {
        try {
            return Optional.of(KubeBinaries.readyInSeconds(new StepProgress(step)));
        } catch (BinariesUnavailableException e) {
            return without(e.getMessage());
        } catch (UncheckedIOException e) {
            return without(unwritable(e));
        }
    }

    private Optional<KubeBinaries> without(String why) {
        display.tell("note", "no Kubernetes API server can be had in seconds: " + why);
        return Optional.empty();
    }

    private static String unwritable(UncheckedIOException e) {
        return PlainReason.of(e) + ", or let ~/.kubeapitest be a link to another place";
    }

    /** The programs' progress as that of a step. */
    private static final class StepProgress implements Progress {
        private final Step step;
        private String task = "";

        StepProgress(Step step) {
            this.step = step;
        }

        @Override
        public void begin(String what) {
            task = what;
            step.phase(what);
        }

        @Override
        public void tick() {
            // The step shows its time by itself.
        }

        @Override
        public void bytes(long arrived, long expected) {
            step.progress(task + ", " + Progress.words(arrived, expected));
        }

        @Override
        public void say(String line) {
            step.milestone(line);
        }
    }
}
