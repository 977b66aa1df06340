package io.tonbo.artifacts.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.tonbo.artifacts.operator.api.v1alpha1.LastError;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class StatusWriterTest {
    private static final String PATH = "/apis/artifacts.tonbo.io/v1alpha1/namespaces/team/workspaces/files/status";

    KubernetesMockServer server;
    KubernetesClient client;

    private StatusWriter writer;
    private Workspace created;

    @BeforeEach
    void create() {
        writer = new StatusWriter(client);
        Workspace workspace = new Workspace();
        workspace.getMetadata().setNamespace("team");
        workspace.getMetadata().setName("files");
        workspace.setSpec(new WorkspaceSpec());
        created = client.resource(workspace).create();
    }

    private static WorkspaceStatus state(String state) {
        WorkspaceStatus status = new WorkspaceStatus();
        status.setState(state);
        return status;
    }

    private Workspace live() {
        return client.resources(Workspace.class)
                .inNamespace("team")
                .withName("files")
                .get();
    }

    @Test
    void whatIsWrittenIsWhatTheApiServerHasAndComesBack() throws StatusWriter.Conflict {
        Workspace written = writer.write(created, state("active"));

        assertThat(written.getStatus().getState()).isEqualTo("active");
        assertThat(written.getMetadata().getResourceVersion())
                .isNotEqualTo(created.getMetadata().getResourceVersion());
        assertThat(live().getStatus().getState()).isEqualTo("active");
    }

    @Test
    void theStatusThatItHasCostsNoRequest() throws StatusWriter.Conflict {
        Workspace written = writer.write(created, state("active"));
        int requests = server.getRequestCount();

        Workspace again = writer.write(written, state("active"));

        assertThat(again).isSameAs(written);
        assertThat(server.getRequestCount()).isEqualTo(requests);
    }

    @Test
    void aFieldThatIsTakenBackIsRemovedByAMergePatchOfTheStatusAlone() throws Exception {
        WorkspaceStatus failed = state("active");
        failed.setLastError(new LastError());
        Workspace written = writer.write(created, failed);

        writer.write(written, state("active"));

        var request = server.getLastRequest();
        assertThat(request.getMethod()).isEqualTo("PATCH");
        assertThat(request.getPath()).startsWith(PATH);
        assertThat(request.getHeader("Content-Type")).startsWith("application/merge-patch+json");
        assertThat(live().getStatus().getLastError()).isNull();
        assertThat(live().getStatus().getState()).isEqualTo("active");
    }

    @Test
    void aStatusDecidedOnAnOldViewIsRefused() throws StatusWriter.Conflict {
        client.resource(created).edit(workspace -> {
            workspace.getMetadata().setLabels(Map.of("changed", "meanwhile"));
            return workspace;
        });

        assertThatThrownBy(() -> writer.write(created, state("active"))).isInstanceOf(StatusWriter.Conflict.class);
        assertThat(live().getStatus() == null ? null : live().getStatus().getState())
                .isNull();
    }

    @Test
    void anObjectThatIsGoneIsAConflictToo() {
        client.resource(created).delete();

        assertThatThrownBy(() -> writer.write(created, state("active"))).isInstanceOf(StatusWriter.Conflict.class);
    }

    @Test
    void anotherRefusalIsNoConflict() {
        server.expect().patch().withPath(PATH).andReturn(403, "{}").once();

        assertThatThrownBy(() -> writer.write(created, state("active")))
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo(403));
    }
}
