package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.FormattedStorage;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import io.tonbo.artifacts.operator.orchestrator.RemoteStorage;
import io.tonbo.artifacts.operator.orchestrator.RemoteWorkspace;
import io.tonbo.artifacts.operator.workspace.WorkspaceObservation.Recorded;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceViewTest {
    private static RemoteWorkspace remote(RemoteStorage storage, String cacheProfile) {
        return Remotes.remote("files", "id", "active", Remotes.CREATED, storage, cacheProfile);
    }

    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            # bucket | endpoint                     | region    | prefix | differs in
            b        | https://s3.example.com       | auto      | p      |
            b        | https://s3.example.com/      | auto      | p      |
            b        | https://S3.Example.com       | auto      | p      |
            b        | HTTPS://s3.example.com/      | auto      | p      |
            b        | https://s3.example.com:443   | auto      | p      |
            b        | https://s3.example.com       | ''        | p      |
            b        | https://s3.example.com       |           | p      |
            b        | https://s3.example.com       | auto      | p/     |
            B        | https://s3.example.com       | auto      | p      | bucket
            b        | http://s3.example.com        | auto      | p      | endpoint
            b        | https://s3.example.com:8443  | auto      | p      | endpoint
            b        | https://other.example.com    | auto      | p      | endpoint
            b        | https://s3.example.com       | eu-west-1 | p      | region
            b        | https://s3.example.com       | auto      | q      | prefix
            b        | https://s3.example.com       | auto      |        | prefix
            c        | https://other.example.com    | us        | ''     | bucket, endpoint, region, prefix
            """)
    void storageDiffersOnlyWhereItMeansSomethingElse(
            String bucket, String endpoint, String region, String prefix, String differing) {
        Workspace workspace = Remotes.workspace("files");
        workspace.getSpec().getStorage().setPrefix("p");

        String differences = new WorkspaceView(workspace)
                .differences(remote(new RemoteStorage(bucket, endpoint, region, prefix), null));

        assertThat(differences).isEqualTo(differing == null ? "" : differing);
    }

    @Test
    void theCacheProfileCountsWhereTheServerTellsIt() {
        WorkspaceView view = new WorkspaceView(Remotes.workspace("files"));
        RemoteStorage same = view.wantedStorage();
        String own = view.object().getSpec().getCacheProfile();

        assertThat(view.differences(remote(same, null))).isEmpty();
        assertThat(view.differences(remote(same, own))).isEmpty();
        assertThat(view.differences(remote(same, "benchmark".equals(own) ? "custom" : "benchmark")))
                .isEqualTo("cacheProfile");
    }

    /** It cannot be set back any more, and says nothing of the volume. */
    @Test
    void ofAnActiveWorkspaceTheCacheProfileIsNotHeldAgainstTheServer() {
        WorkspaceView view = recordedActive();

        assertThat(view.differences(remote(view.wantedStorage(), "other"))).isEmpty();
        assertThat(view.differences(remote(view.wantedStorage(), ""))).isEmpty();
    }

    private static WorkspaceView recordedActive() {
        Workspace workspace = Remotes.workspace("files");
        WorkspaceStatus status = new WorkspaceStatus();
        status.setWorkspaceId("id");
        status.setVolumeName("vol-files");
        status.setKeyPrefix("{u}:");
        status.setStorage(new FormattedStorage("b", "https://s3.example.com", "auto", ""));
        workspace.setStatus(status);
        return new WorkspaceView(workspace);
    }

    @Test
    void aRowOfTheListRepeatsTheRecordOnlyWhereItIsWholeAndTheSame() {
        WorkspaceView view = recordedActive();
        RemoteStorage same = view.wantedStorage();
        RemoteStorage other = new RemoteStorage("another", "https://s3.example.com", "auto", "");

        assertThat(view.isRecordOf(remote(same, null))).isTrue();
        assertThat(view.isRecordOf(remote(null, null))).as("shortened").isFalse();
        assertThat(view.isRecordOf(remote(other, null))).isFalse();
        assertThat(view.isRecordOf(Remotes.remote("files", "another-id", "active", Remotes.CREATED)))
                .isFalse();
        assertThat(view.isRecordOf(
                        new RemoteWorkspace("id", "ada", "files", "active", null, "{u}:", same, null, Remotes.CREATED)))
                .as("without its volume")
                .isFalse();
        assertThat(new WorkspaceView(Remotes.workspace("files")).isRecordOf(remote(same, null)))
                .as("nothing is recorded")
                .isFalse();
    }

    @Test
    void aServerThatNamesNoStorageDiffersAsAWhole() {
        assertThat(new WorkspaceView(Remotes.workspace("files")).differences(remote(null, null)))
                .isEqualTo("storage");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            artifacts://ada/files   | ada
            artifacts://a-b/x/y     | a-b
            artifacts://ada         |
            ada/files               |
            ''                      |
                                    |
            """)
    void theHandleIsReadBackFromTheAddress(String address, String handle) {
        Workspace workspace = Remotes.workspace("files");
        workspace.setStatus(new WorkspaceStatus());
        workspace.getStatus().setAddress(address);

        assertThat(new WorkspaceView(workspace).recordedHandle()).isEqualTo(handle);
    }

    @Test
    void theRecordGrowsFromNothingOverAnIdToStorage() {
        Workspace workspace = Remotes.workspace("files");
        assertThat(new WorkspaceView(workspace).recorded()).isEqualTo(Recorded.NONE);

        workspace.setStatus(new WorkspaceStatus());
        assertThat(new WorkspaceView(workspace).recorded()).isEqualTo(Recorded.NONE);

        workspace.getStatus().setWorkspaceId("id");
        assertThat(new WorkspaceView(workspace).recorded()).isEqualTo(Recorded.PENDING);

        workspace.getStatus().setStorage(new FormattedStorage("b", "https://s3.example.com", "auto", null));
        assertThat(new WorkspaceView(workspace).recorded()).isEqualTo(Recorded.ACTIVE);
    }

    @Test
    void onlyTheWordTrueAbandons() {
        Workspace workspace = Remotes.workspace("files");
        assertThat(new WorkspaceView(workspace).abandoned()).isFalse();
        workspace.getMetadata().setAnnotations(Map.of(ArtifactsApi.ABANDON, "yes"));
        assertThat(new WorkspaceView(workspace).abandoned()).isFalse();
        workspace.getMetadata().setAnnotations(Map.of(ArtifactsApi.ABANDON, "true"));
        assertThat(new WorkspaceView(workspace).abandoned()).isTrue();
    }

    @Test
    void theRemoteNameIsTheObjectsUnlessTheSpecSaysOtherwise() {
        Workspace workspace = Remotes.workspace("files");
        assertThat(new WorkspaceView(workspace).name()).isEqualTo("files");

        workspace.getSpec().setName("other");
        assertThat(new WorkspaceView(workspace).name()).isEqualTo("other");
        assertThat(new WorkspaceView(workspace).objectName()).isEqualTo("files");
    }
}
