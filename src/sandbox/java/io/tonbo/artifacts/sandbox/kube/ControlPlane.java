package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The processes of one control plane: etcd, kube-apiserver and, if wanted, kube-controller-manager, with all they write in
 * one directory. Nothing is kept: etcd does not even sync its files, which makes it several times faster.
 */
final class ControlPlane implements AutoCloseable {
    /** What an administrator's token begins with. */
    static final String ADMINISTRATORS = "admin-";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KubeBinaries binaries;
    private final Path directory;
    private final List<SupervisedProcess> processes = new CopyOnWriteArrayList<>();
    private final String adminToken = ADMINISTRATORS + UUID.randomUUID();
    private final String controllerToken = UUID.randomUUID().toString();
    private final ServiceAccountKey key;
    private URI server;

    private ControlPlane(KubeBinaries binaries, Path directory) throws IOException {
        this.binaries = binaries;
        this.directory = directory;
        this.key = ServiceAccountKey.generate(directory);
        Files.writeString(directory.resolve("audit-policy.yaml"), AuditLog.POLICY);
        Files.writeString(
                directory.resolve("tokens.csv"),
                """
                %s,admin,admin,"system:masters"
                %s,system:kube-controller-manager,system:kube-controller-manager,"system:masters"
                """
                        .formatted(adminToken, controllerToken));
    }

    /**
     * Starts etcd and the API server and waits until the latter is ready.
     *
     * @param binaries the programs
     * @param directory an empty directory for this control plane alone
     * @param auditLog whether to write {@link #auditLog()}
     * @return the running control plane
     * @throws IOException if the directory cannot be written
     * @throws IllegalStateException if a process ends before it is ready or is not ready in time
     */
    static ControlPlane start(KubeBinaries binaries, Path directory, boolean auditLog)
            throws IOException, InterruptedException {
        ControlPlane plane = new ControlPlane(binaries, directory);
        for (int attempt = 1; ; attempt++) {
            try {
                plane.startOnFreePorts(auditLog);
                return plane;
            } catch (IllegalStateException e) {
                plane.killAll();
                // A port that was free a moment ago may be somebody else's now.
                if (attempt == 3 || !String.valueOf(e.getMessage()).contains("address already in use")) {
                    plane.close();
                    throw e;
                }
            } catch (InterruptedException | IOException e) {
                plane.close();
                throw e;
            }
        }
    }

    private void startOnFreePorts(boolean auditLog) throws IOException, InterruptedException {
        String etcd = "http://127.0.0.1:" + LoopbackPort.free();
        int port = LoopbackPort.free();
        run(
                KubeBinary.ETCD,
                "--data-dir=" + Files.createTempDirectory(directory, "etcd"),
                "--listen-client-urls=" + etcd,
                "--advertise-client-urls=" + etcd,
                "--listen-peer-urls=http://127.0.0.1:0",
                "--unsafe-no-fsync",
                "--log-level=warn");
        List<String> flags = new ArrayList<>(List.of(
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + directory.resolve("certificates"),
                "--authorization-mode=RBAC",
                "--token-auth-file=" + directory.resolve("tokens.csv"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key.publicKey(),
                "--service-account-signing-key-file=" + key.privateKey(),
                "--service-cluster-ip-range=10.0.0.0/24",
                // Pods never run here, and a test may create one before its namespace has a ServiceAccount.
                "--disable-admission-plugins=ServiceAccount",
                // As clusters have it, where Pod Security decides; without it a Pod that mounts by itself is refused.
                "--allow-privileged=true",
                "--endpoint-reconciler-type=none"));
        if (auditLog) {
            flags.addAll(List.of(
                    "--audit-policy-file=" + directory.resolve("audit-policy.yaml"),
                    "--audit-log-path=" + auditLog(),
                    "--audit-log-mode=blocking",
                    "--audit-log-maxsize=100000"));
        }
        SupervisedProcess apiServer = run(KubeBinary.KUBE_APISERVER, flags.toArray(String[]::new));
        server = URI.create("https://127.0.0.1:" + port);
        awaitReady(apiServer);
    }

    private void awaitReady(SupervisedProcess apiServer) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Readiness readiness = new Readiness(server, directory.resolve("certificates/apiserver.crt"));
        while (!readiness.isReady()) {
            for (SupervisedProcess process : processes) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(process.obituary());
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not ready after " + PATIENCE.toSeconds() + " s ("
                        + readiness.lastSeen() + "): " + apiServer.obituary());
            }
            Thread.sleep(50);
        }
    }

    /**
     * Starts kube-controller-manager; it works a few seconds later.
     *
     * @param kubeconfig of a user with {@link #controllerToken()}
     * @return the running process
     */
    SupervisedProcess startControllerManager(Kubeconfig kubeconfig) {
        return run(
                KubeBinary.KUBE_CONTROLLER_MANAGER,
                "--kubeconfig=" + kubeconfig.file(),
                "--service-account-private-key-file=" + key.privateKey(),
                "--root-ca-file=" + directory.resolve("certificates/apiserver.crt"),
                "--use-service-account-credentials=false",
                "--leader-elect=false",
                "--secure-port=0");
    }

    /**
     * @return what runs
     */
    List<SupervisedProcess> processes() {
        return List.copyOf(processes);
    }

    private SupervisedProcess run(KubeBinary binary, String... flags) {
        List<String> command = new ArrayList<>(List.of(binaries.path(binary).toString()));
        command.addAll(List.of(flags));
        SupervisedProcess process = SupervisedProcess.start(
                binary.fileName(), new ProcessBuilder(command), directory.resolve(binary.fileName() + ".log"));
        processes.add(process);
        return process;
    }

    URI server() {
        return server;
    }

    String caCertificatePem() {
        try {
            // The API server makes its own certificate; the file also holds the authority that signed it.
            return Files.readString(directory.resolve("certificates/apiserver.crt"));
        } catch (IOException e) {
            throw new UncheckedIOException("the API server's certificate cannot be read", e);
        }
    }

    String adminToken() {
        return adminToken;
    }

    String controllerToken() {
        return controllerToken;
    }

    Path auditLog() {
        return directory.resolve("audit.log");
    }

    private void killAll() {
        for (int last = processes.size() - 1; last >= 0; last--) {
            processes.remove(last).close();
        }
    }

    /** Kills every process, the newest first, and deletes the directory. Can be called again. */
    @Override
    public synchronized void close() {
        killAll();
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("leftovers in " + directory, e);
        }
    }
}
