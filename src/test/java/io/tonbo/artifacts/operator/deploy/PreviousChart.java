package io.tonbo.artifacts.operator.deploy;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The chart as it was before its last change, from Git: what somebody upgrades from who follows the main branch. There is none in
 * an archive of the sources, in a shallow clone, and before the chart's second commit.
 */
final class PreviousChart {
    private static final long SECONDS_AT_MOST = 30;
    private static final String CHART = Chart.DIRECTORY.toString();

    private PreviousChart() {}

    /**
     * @param directory an empty one, which takes it
     * @return the chart's directory
     */
    static Optional<Path> into(Path directory) throws IOException, InterruptedException {
        Optional<String> commit = commit();
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        for (String file : lines("ls-tree", "-r", "--name-only", commit.get(), CHART)) {
            Path target = directory.resolve(Chart.DIRECTORY.relativize(Path.of(file)));
            Files.createDirectories(target.getParent());
            Files.writeString(
                    target,
                    git("show", commit.get() + ":" + file).orElseThrow(() -> new IOException("git show " + file)));
        }
        return Optional.of(directory).filter(chart -> Files.exists(chart.resolve("Chart.yaml")));
    }

    /** The last commit whose chart differs from the one that is here. */
    private static Optional<String> commit() throws IOException, InterruptedException {
        for (String commit : lines("log", "--format=%H", "-20", "--", CHART)) {
            if (git("diff", "--quiet", commit, "--", CHART).isEmpty()
                    && git("cat-file", "-e", commit + ":" + CHART + "/Chart.yaml")
                            .isPresent()) {
                return Optional.of(commit);
            }
        }
        return Optional.empty();
    }

    private static List<String> lines(String... arguments) throws IOException, InterruptedException {
        return git(arguments).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** Standard output; empty if it fails, as where there is no Git or no history. */
    private static Optional<String> git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git;
        try {
            git = new ProcessBuilder(command)
                    .directory(ProjectRoot.find().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!git.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)) {
            git.destroyForcibly();
            throw new IOException("git " + command + " takes too long");
        }
        return git.exitValue() == 0 ? Optional.of(output) : Optional.empty();
    }
}
