package io.tonbo.artifacts.operator.juicefs;

import java.util.UUID;

/** The UUID of a volume we format: it says which resource claimed which workspace. */
public final class VolumeUuid {
    private VolumeUuid() {}

    /**
     * @param workspaceId the orchestrator's id of the workspace
     * @param resourceUid the uid of the resource that claims it
     * @return always the same UUID for the same pair, of the form of a version 4 one
     */
    public static UUID of(String workspaceId, String resourceUid) {
        return null;
    }
}
