package io.tonbo.artifacts.sandbox.kube;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Serves programs on the loopback address in the layouts of dl.k8s.io and of etcd's GitHub releases. */
final class LoopbackReleases implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    LoopbackReleases() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    /** A shell script that says what the real program says when asked for its version. */
    static String program(KubeBinary binary) {
        return "#!/bin/sh\necho '" + binary.versionMark() + "'\n";
    }

    /** Publishes all programs for linux-amd64 with their right checksums. */
    LoopbackReleases complete(Path scratch) throws IOException, InterruptedException {
        for (KubeBinary binary : KubeBinary.values()) {
            if (binary != KubeBinary.ETCD) {
                byte[] program = program(binary).getBytes(StandardCharsets.UTF_8);
                files.put(kubernetes(binary), program);
                files.put(kubernetes(binary) + ".sha256", sha256(program).getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] archive = etcdArchive(scratch);
        files.put("/etcd/v3.6.4/etcd-v3.6.4-linux-amd64.tar.gz", archive);
        files.put(
                "/etcd/v3.6.4/SHA256SUMS",
                ("00ff  etcd-v3.6.4-darwin-amd64.zip\n" + sha256(archive) + "  etcd-v3.6.4-linux-amd64.tar.gz\n")
                        .getBytes(StandardCharsets.UTF_8));
        return this;
    }

    static String kubernetes(KubeBinary binary) {
        return "/kubernetes/v1.34.4/bin/linux/amd64/" + binary.fileName();
    }

    /** Another content under a path, its checksum unchanged. */
    void replace(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    void withdraw(String path) {
        files.remove(path);
    }

    URI kubernetes() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/kubernetes");
    }

    URI etcd() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/etcd");
    }

    List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(path);
        byte[] content = files.get(path);
        exchange.sendResponseHeaders(content == null ? 404 : 200, content == null ? -1 : content.length);
        try (OutputStream body = exchange.getResponseBody()) {
            if (content != null) {
                body.write(content);
            }
        }
    }

    private static byte[] etcdArchive(Path scratch) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(scratch.resolve("etcd-v3.6.4-linux-amd64"));
        Files.writeString(directory.resolve("README.md"), "not the program");
        Files.writeString(directory.resolve("etcd"), program(KubeBinary.ETCD));
        Path archive = scratch.resolve("etcd.tar.gz");
        Process tar = new ProcessBuilder(
                        "tar", "-czf", archive.toString(), "-C", scratch.toString(), "etcd-v3.6.4-linux-amd64")
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar failed");
        }
        return Files.readAllBytes(archive);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
