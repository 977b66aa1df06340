package io.tonbo.artifacts.sandbox.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tonbo.artifacts.operator.api.v1alpha1.LocalSecretReference;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSessionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.StorageSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The essentials of a spec and a status, by the names that the resources have for them. Secrets are named, never read. */
final class CardFacts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<ObjectCard.Fact> facts = new ArrayList<>();

    private CardFacts() {}

    static List<ObjectCard.Fact> of(Workspace workspace) {
        CardFacts facts = new CardFacts();
        WorkspaceStatus status = workspace.getStatus();
        if (status != null) {
            facts.add("address", status.getAddress());
            facts.add("state", status.getState());
        }
        WorkspaceSpec spec = workspace.getSpec();
        if (spec != null) {
            facts.storage(spec.getStorage());
            facts.add("connection Secret", name(spec.getConnectionSecretRef()));
            facts.add("adoptionPolicy", spec.getAdoptionPolicy());
            facts.add("deletionPolicy", spec.getDeletionPolicy());
            facts.add("suspend", spec.getSuspend());
        }
        if (status != null) {
            facts.add("workspaceId", status.getWorkspaceId());
            facts.add("volumeName", status.getVolumeName());
            facts.add("keyPrefix", status.getKeyPrefix());
            facts.add("observedGeneration", status.getObservedGeneration());
        }
        facts.add("generation", workspace.getMetadata().getGeneration());
        return List.copyOf(facts.facts);
    }

    static List<ObjectCard.Fact> of(MountSession session) {
        CardFacts facts = new CardFacts();
        MountSessionSpec spec = session.getSpec();
        if (spec != null) {
            facts.add("mode", spec.getMode());
            facts.add("ttlSeconds", spec.getTtlSeconds());
        }
        facts.add("Secret", session.secretName());
        if (spec != null) {
            facts.add(
                    "rolloutRestartTargets",
                    spec.getRolloutRestartTargets().stream()
                            .map(target -> target.getKind() + "/" + target.getName())
                            .collect(Collectors.joining(", ")));
            facts.add("suspend", spec.getSuspend());
        }
        MountSessionStatus status = session.getStatus();
        if (status != null) {
            facts.add("sessionId", status.getSessionId());
            facts.add("restartedFor", status.getRestartedFor());
            facts.add("observedGeneration", status.getObservedGeneration());
        }
        facts.add("generation", session.getMetadata().getGeneration());
        return List.copyOf(facts.facts);
    }

    private void storage(StorageSpec storage) {
        if (storage != null) {
            add("bucket", storage.getBucket());
            add("endpoint", storage.getEndpoint());
            add("region", storage.getRegion());
            add("prefix", storage.getPrefix());
            add("keys Secret", name(storage.getCredentialsSecretRef()));
        }
    }

    private static String name(LocalSecretReference reference) {
        return reference == null ? null : reference.getName();
    }

    private void add(String label, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            facts.add(new ObjectCard.Fact(label, spelt(value)));
        }
    }

    /** Enums as the resources spell them: ReadWrite, not READ_WRITE. */
    private static String spelt(Object value) {
        return value instanceof Enum<?> ? JSON.convertValue(value, String.class) : value.toString();
    }
}
