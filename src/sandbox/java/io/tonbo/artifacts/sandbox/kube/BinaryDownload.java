package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches programs as upstream publishes them, and believes none whose SHA-256 is not the published one. A server that
 * cannot be reached is asked once.
 */
final class BinaryDownload {
    private static final Duration SILENCE_AT_MOST = Duration.ofSeconds(30);

    private final BinarySettings settings;
    private final Progress progress;
    private final Patience patience;
    private final HttpClient http;
    private final Set<String> unreachable = new HashSet<>();

    BinaryDownload(BinarySettings settings, Progress progress, Patience patience) {
        this.settings = settings;
        this.progress = progress;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /**
     * @param binary which program
     * @param target file to write; may hold anything if this fails
     * @throws IOException if it cannot be had, or is not what was published; the message says which
     */
    void fetch(KubeBinary binary, Path target) throws IOException, InterruptedException {
        if (binary == KubeBinary.ETCD) {
            fetchEtcd(target);
            return;
        }
        URI program = URI.create("%s/v%s/bin/%s/%s/%s"
                .formatted(
                        settings.kubernetesReleases(),
                        KubeBinaries.KUBERNETES,
                        settings.platform().os(),
                        settings.platform().arch(),
                        binary.fileName()));
        String checksum = text(URI.create(program + ".sha256")).strip();
        file(binary, program, target);
        verify(program, target, checksum);
    }

    private void fetchEtcd(Path target) throws IOException, InterruptedException {
        String name = "etcd-v%s-%s-%s"
                .formatted(
                        BinarySettings.ETCD,
                        settings.platform().os(),
                        settings.platform().arch());
        String archiveName = name + (settings.platform().os().equals("linux") ? ".tar.gz" : ".zip");
        String base = settings.etcdReleases() + "/v" + BinarySettings.ETCD + "/";
        String checksum = text(URI.create(base + "SHA256SUMS"))
                .lines()
                .filter(line -> line.endsWith(" " + archiveName))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow(() -> new IOException(base + "SHA256SUMS does not name " + archiveName));
        Path archive = target.resolveSibling(target.getFileName() + "-archive");
        try {
            file(KubeBinary.ETCD, URI.create(base + archiveName), archive);
            verify(URI.create(base + archiveName), archive, checksum);
            extract(archive, name + "/etcd", target);
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    /** GNU tar reads the gzipped archive of Linux, the BSD tar of macOS the zipped one. */
    private static void extract(Path archive, String member, Path target) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "-xOf", archive.toString(), member)
                .redirectOutput(target.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar cannot read " + member + " in " + archive.getFileName());
        }
    }

    private String text(URI uri) throws IOException, InterruptedException {
        return get(uri, BodyHandlers.ofString(), Arrival.UNSEEN);
    }

    private void file(KubeBinary binary, URI uri, Path target) throws IOException, InterruptedException {
        FileArrival arrival = new FileArrival(target);
        BodyHandler<Path> body = head -> {
            arrival.expected = head.headers().firstValueAsLong("Content-Length").orElse(-1);
            if (head.statusCode() == 200 && arrival.expected > 0) {
                patience.size(binary, arrival.expected);
            }
            return BodyHandlers.ofFile(target).apply(head);
        };
        try {
            get(uri, body, arrival);
        } catch (IOException e) {
            throw FullDisk.isCauseOf(e.getCause()) ? new IOException("the disk is full at " + target, e) : e;
        }
        patience.arrived(binary, Files.size(target));
    }

    private <T> T get(URI uri, BodyHandler<T> body, Arrival arrival) throws IOException, InterruptedException {
        if (unreachable.contains(uri.getHost())) {
            throw new IOException(uri.getHost() + " cannot be reached");
        }
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
        try {
            HttpResponse<T> response = await(answer, uri, arrival);
            if (response.statusCode() != 200) {
                throw new IOException(uri + " answers HTTP " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            if (FullDisk.isCauseOf(e.getCause())) {
                throw new IOException("it cannot be kept", e.getCause());
            }
            unreachable.add(uri.getHost());
            throw new IOException(uri.getHost() + " cannot be reached (" + e.getCause() + ")", e);
        } finally {
            answer.cancel(true);
        }
    }

    private <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer, URI uri, Arrival arrival)
            throws IOException, InterruptedException, ExecutionException {
        long seen = 0;
        long since = System.nanoTime();
        while (true) {
            try {
                return answer.get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = arrival.now();
                if (now > 0) {
                    progress.bytes(now, arrival.expected());
                } else {
                    progress.tick();
                }
                patience.check(uri.getHost(), now);
                if (now != seen) {
                    seen = now;
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > SILENCE_AT_MOST.toNanos()) {
                    unreachable.add(uri.getHost());
                    throw new IOException(uri.getHost() + " sent nothing for " + SILENCE_AT_MOST.toSeconds() + " s", e);
                }
            }
        }
    }

    private static void verify(URI source, Path file, String published) throws IOException {
        String actual = sha256(file);
        if (!actual.equals(published.toLowerCase(Locale.ROOT))) {
            throw new IOException("what " + source + " sent has not the published SHA-256 checksum (published "
                    + abbreviated(published) + ", got " + abbreviated(actual) + "): it was not used");
        }
    }

    private static String sha256(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                // The digest takes what is read.
            }
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String abbreviated(String checksum) {
        return checksum.length() > 64 ? checksum.substring(0, 64) + "..." : checksum;
    }

    /** How much of an answer is there. */
    private interface Arrival {
        Arrival UNSEEN = () -> 0L;

        long now() throws IOException;

        default long expected() {
            return -1;
        }
    }

    private static final class FileArrival implements Arrival {
        private final Path file;
        private volatile long expected = -1;

        FileArrival(Path file) {
            this.file = file;
        }

        @Override
        public long now() throws IOException {
            return Files.exists(file) ? Files.size(file) : 0L;
        }

        @Override
        public long expected() {
            return expected;
        }
    }
}
