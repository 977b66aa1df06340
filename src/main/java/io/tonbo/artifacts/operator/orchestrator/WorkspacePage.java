package io.tonbo.artifacts.operator.orchestrator;

import java.util.List;

/**
 * A page of the token's workspaces. Pages may miss or repeat rows while workspaces come and go.
 *
 * @param workspaces the rows that can be used
 * @param nextCursor where the next page starts; null at the end
 * @param skippedRows how many rows of the page had no usable id, handle or name
 */
public record WorkspacePage(List<RemoteWorkspace> workspaces, String nextCursor, int skippedRows) {
    public WorkspacePage {
        workspaces = List.copyOf(workspaces);
    }
}
