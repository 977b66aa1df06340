package io.tonbo.artifacts.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.operator.testing.GoTool;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.kube.KubeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Somebody who types what a page says, in a directory that looks like a clone of the project: with bash and kubectl, as an
 * administrator, in a namespace of their own, with a token and a bucket's keys in files.
 */
final class Reader {
    private static final int SECONDS_AT_MOST = 300;
    /** The examples' S3, as in the sandbox. */
    private static final String EXAMPLE_S3 = "http://127.0.0.1:9000";

    private final KubeCluster cluster;
    private final String namespace;
    private final Path directory;
    private final String s3;
    private final StringBuilder typed = new StringBuilder();

    /**
     * @param cluster the Kubernetes that the reader has
     * @param namespace the reader's own
     * @param world the reader's S3, and the orchestrator with the reader's account
     * @param account the account's handle
     * @param directory an empty one
     */
    Reader(KubeCluster cluster, String namespace, World world, String account, Path directory) throws IOException {
        this.cluster = cluster;
        this.namespace = namespace;
        this.directory = directory;
        this.s3 = world.s3().endpoint().toString();
        for (String part : List.of("examples", "deploy")) {
            copy(Pages.ROOT.resolve(part), directory.resolve(part));
        }
        write("token.txt", world.token(account) + "\n");
        write(
                "keys.env",
                "ARTIFACTS_S3_ACCESS_KEY_ID=" + World.KEY_ID + "\nARTIFACTS_S3_SECRET_ACCESS_KEY=" + World.KEY_SECRET
                        + "\n");
        write(
                ".kubeconfig",
                cluster.adminKubeconfig()
                        .yaml()
                        .replace("{cluster: sandbox,", "{namespace: " + namespace + ", cluster: sandbox,"));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    /** What is in a cloud is here. */
    private void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.writeString(
                            target, Files.readString(file).replaceAll("(?m)^( *endpoint:) https?://\\S+", "$1 " + s3));
                }
            }
        }
    }

    String namespace() {
        return namespace;
    }

    KubernetesClient client() {
        return cluster.adminClient();
    }

    /**
     * Does what a block says.
     *
     * @param block a block that is run or applied
     * @throws AssertionError if it fails, with page, line and what it put out
     */
    void does(CodeBlock block) throws IOException, InterruptedException {
        String content = block.content().replace(EXAMPLE_S3, s3);
        switch (block.mark().orElseThrow()) {
            case RUN -> types(block, content);
            case APPLY -> types(block, "kubectl apply -f " + write("block-" + block.line() + ".yaml", content) + "\n");
            case DRY_RUN ->
                types(
                        block,
                        "kubectl apply --dry-run=server -f " + write("block-" + block.line() + ".yaml", block.content())
                                + "\n");
            case COVERED, SHOWN -> throw new IllegalArgumentException(block + " is not to be done");
        }
    }

    /**
     * Before the first is done: without Go nothing is begun that could not be ended.
     *
     * @param blocks what is going to be done; their tools are built
     */
    static void needTools(List<CodeBlock> blocks) {
        if (blocks.stream().anyMatch(block -> needsHelm(block.content()))) {
            assertThat(GoTool.HELM.path()).isExecutable();
        }
    }

    private static boolean needsHelm(String commands) {
        return commands.contains("helm ");
    }

    private void types(CodeBlock block, String commands) throws IOException, InterruptedException {
        Path script = write("block-" + block.line() + ".sh", commands);
        Path output = directory.resolve("block-" + block.line() + ".out");
        ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", script.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        bash.environment().put("HOME", directory.toString());
        bash.environment().put("KUBECONFIG", directory.resolve(".kubeconfig").toString());
        bash.environment()
                .merge(
                        "PATH",
                        cluster.kubectlProgram().getParent().toString(),
                        (path, kubectl) -> kubectl + ":" + path);
        if (needsHelm(commands)) {
            bash.environment()
                    .merge("PATH", GoTool.HELM.path().getParent().toString(), (path, helm) -> helm + ":" + path);
        }
        Process process = bash.start();
        boolean ended = process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        String put = Files.readString(output);
        typed.append("--- ").append(block).append('\n').append(commands).append(put);
        if (!ended || process.exitValue() != 0) {
            String how =
                    ended ? "ended with exit code " + process.exitValue() : "still ran after " + SECONDS_AT_MOST + " s";
            throw new AssertionError(block + " " + how + ":\n" + commands + "\n" + put);
        }
    }

    /**
     * @return all that was typed, and what came of it
     */
    String transcript() {
        return typed.toString();
    }
}
