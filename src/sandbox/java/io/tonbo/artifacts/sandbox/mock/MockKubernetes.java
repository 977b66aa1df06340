package io.tonbo.artifacts.sandbox.mock;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.mockwebserver.MockWebServer;
import io.tonbo.artifacts.sandbox.kube.Kubeconfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A mock of the Kubernetes API on a free loopback port, plain http. It keeps objects, their versions, generations, finalizers
 * and status, fills in the defaults of a CRD's schema, and tells watches. It has no users and no RBAC, checks nothing against a
 * schema and runs no controllers, so that no owner's deletion deletes what it owns. kubectl does not work with it.
 */
public final class MockKubernetes implements AutoCloseable {
    /** It tells of each request. */
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    private final MockWebServer server;
    private final Kubeconfig kubeconfig;
    private final KubernetesClient client;

    private MockKubernetes(MockWebServer server, Path directory) {
        this.server = server;
        this.kubeconfig = Kubeconfig.write(
                URI.create("http://127.0.0.1:" + server.getPort()),
                null,
                UUID.randomUUID().toString(),
                directory.resolve("mock.kubeconfig"));
        this.client = kubeconfig.newClient();
    }

    /**
     * @param directory where its kubeconfig is written
     * @return the running server, empty but for namespaces {@code default}, {@code kube-system} and {@code artifacts-system}
     * @throws UncheckedIOException if the kubeconfig cannot be written
     */
    public static MockKubernetes start(Path directory) {
        SERVER_LOG.setLevel(Level.WARNING);
        MockWebServer server = new MockWebServer();
        // The server keeps what it was asked for whoever takes it, which nobody does here.
        server.setDispatcher(new MockApi(server::reset));
        server.start(InetAddress.getLoopbackAddress(), 0);
        try {
            return new MockKubernetes(server, directory).withNamespaces();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    private MockKubernetes withNamespaces() {
        try {
            for (String namespace : List.of("default", "kube-system", "artifacts-system")) {
                client.resource(namespace(namespace)).create();
            }
            return this;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static HasMetadata namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .withPhase("Active")
                .endStatus()
                .build();
    }

    /**
     * Creates what manifests hold.
     *
     * @param manifests directory with YAML files, in the order of their names
     * @throws UncheckedIOException if they cannot be read
     */
    public void create(Path manifests) {
        try (Stream<Path> files = Files.list(manifests)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    client.load(in).items().forEach(item -> client.resource(item)
                            .create());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(manifests + " cannot be read", e);
        }
    }

    /**
     * @return of everybody: there are no permissions
     */
    public Kubeconfig kubeconfig() {
        return kubeconfig;
    }

    /**
     * @return a client, closed with the server
     */
    public KubernetesClient client() {
        return client;
    }

    /** Stops the server; its objects are gone. */
    @Override
    public void close() {
        try {
            client.close();
        } finally {
            server.shutdown();
        }
    }
}
