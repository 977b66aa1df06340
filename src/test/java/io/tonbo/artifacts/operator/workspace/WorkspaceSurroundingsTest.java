package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.FormattedStorage;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who else holds a remote workspace, as far as it may be told. */
class WorkspaceSurroundingsTest {
    private final List<Workspace> holders = new ArrayList<>();
    private final Workspace own = Remotes.workspace("files");

    private Workspace holder(String namespace, String name, int age) {
        Workspace other = Remotes.workspace(name);
        other.getMetadata().setNamespace(namespace);
        other.getMetadata()
                .setCreationTimestamp(Remotes.CREATED.minusSeconds(age).toString());
        WorkspaceStatus status = new WorkspaceStatus();
        status.setWorkspaceId("id-files");
        other.setStatus(status);
        holders.add(other);
        return other;
    }

    private String told() {
        WorkspaceSurroundings surroundings =
                new WorkspaceSurroundings(null, id -> holders, new AccountListings(), List.of());
        return surroundings.holder(new WorkspaceView(own), Remotes.remote("files", "active"));
    }

    @Test
    void theFirstOfTheSameNamespaceIsNamed() {
        holders.add(own);
        holder("another-team", "oldest", 30);
        holder("team", "younger", 10);
        holder("team", "older", 20);

        assertThat(told()).isEqualTo("older");
    }

    @Test
    void ofAnotherNamespaceNothingIsTold() {
        holder("another-team", "oldest", 30);

        assertThat(told()).isNull();
    }

    /** Its deletion may wait for a token, say, and goes through once that is there. */
    @Test
    void oneThatIsBeingDeletedHoldsItWhileItMayYetDeleteIt() {
        Workspace other = holder("team", "older", 20);
        other.getMetadata().setDeletionTimestamp(Remotes.CREATED.toString());
        assertThat(told()).isEqualTo("older");

        other.getSpec().setDeletionPolicy(DeletionPolicy.DELETE);
        other.getStatus().setStorage(new FormattedStorage("team-data", "https://s3.example.com", "auto", ""));
        assertThat(told()).isEqualTo("older");
    }

    @Test
    void oneThatIsBeingDeletedAndKeepsItHoldsNothing() {
        Workspace other = holder("team", "older", 20);
        other.getMetadata().setDeletionTimestamp(Remotes.CREATED.toString());
        other.getSpec().setDeletionPolicy(DeletionPolicy.RETAIN);
        other.getStatus().setStorage(new FormattedStorage("team-data", "https://s3.example.com", "auto", ""));
        assertThat(told()).isNull();

        other.getSpec().setDeletionPolicy(DeletionPolicy.DELETE);
        other.getMetadata().setAnnotations(Map.of(ArtifactsApi.ABANDON, "true"));
        assertThat(told()).isNull();
    }

    @Test
    void ofTwoThatAreBeingDeletedNeitherStandsInTheOthersWay() {
        holder("team", "older", 20).getMetadata().setDeletionTimestamp(Remotes.CREATED.toString());
        own.getMetadata().setDeletionTimestamp(Remotes.CREATED.toString());

        assertThat(told()).isNull();
    }
}
