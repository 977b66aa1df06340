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
 * a shallow clone, in an archive of the sources and before the chart's second commit; where {@code CI=true}, the last two are a
 * failure.
 */
final class PreviousChart {
    private static final long SECONDS_AT_MOST = 30;
    private static final String CHART = Chart.DIRECTORY.toString();

    private PreviousChart() {}

    /** What a run of Git came to: 0 is success, and 1 a difference where it was asked for one. */
    private record Run(int exitCode, String output, String errors) {
        String orFail() throws IOException {
            if (exitCode != 0) {
                throw new IOException("git ended with exit code " + exitCode + ": " + errors);
            }
            return output;
        }
    }

    /**
     * @param directory an empty one, which takes it
     * @return the chart's directory; empty if there is none
     * @throws AssertionError if there is none where {@code CI=true}
     */
    static Optional<Path> into(Path directory) throws IOException, InterruptedException {
        String why = "the last 20 commits of " + CHART + " that this clone has are all like the one that is here";
        try {
            Optional<String> commit = commit();
            if (commit.isPresent()) {
                copy(commit.get(), directory);
                return Optional.of(directory);
            }
        } catch (IOException e) {
            why = e.getMessage();
        }
        if ("true".equals(System.getenv("CI")) && !shallow()) {
            throw new AssertionError("there is no chart to upgrade from: " + why);
        }
        return Optional.empty();
    }

    private static boolean shallow() throws IOException, InterruptedException {
        return git("rev-parse", "--is-shallow-repository").output().strip().equals("true");
    }

    private static void copy(String commit, Path directory) throws IOException, InterruptedException {
        for (String file : git("ls-tree", "-r", "--name-only", commit, CHART)
                .orFail()
                .lines()
                .toList()) {
            Path target = directory.resolve(Chart.DIRECTORY.relativize(Path.of(file)));
            Files.createDirectories(target.getParent());
            Files.writeString(target, git("show", commit + ":" + file).orFail());
        }
    }

    /** The last commit whose chart differs from the one that is here. */
    private static Optional<String> commit() throws IOException, InterruptedException {
        for (String commit :
                git("log", "--format=%H", "-20", "--", CHART).orFail().lines().toList()) {
            if (git("diff", "--quiet", commit, "--", CHART).exitCode() == 1
                    && git("cat-file", "-e", commit + ":" + CHART + "/Chart.yaml")
                                    .exitCode()
                            == 0) {
                return Optional.of(commit);
            }
        }
        return Optional.empty();
    }

    /**
     * @param arguments a command that only reads, so that it does not matter whose the directory is
     * @throws IOException if there is no Git, or it takes too long
     */
    private static Run git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("git", ".err");
        try {
            Process git = new ProcessBuilder(command)
                    .directory(ProjectRoot.find().toFile())
                    .redirectError(errors.toFile())
                    .start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!git.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)) {
                git.destroyForcibly();
                throw new IOException(command + " takes too long");
            }
            return new Run(git.exitValue(), output, Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }
}
