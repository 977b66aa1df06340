package io.tonbo.artifacts.sandbox.page;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.sandbox.orchestrator.CallLog;
import io.tonbo.artifacts.sandbox.trouble.SandboxParts;
import io.tonbo.artifacts.sandbox.trouble.TroubleDesk;
import java.util.Set;

/**
 * What the page is about. All of it runs for longer than the page, which closes none of it.
 *
 * @param client may list and watch Workspaces, MountSessions and Events; nothing else is asked of it
 * @param calls the orchestrator's call log
 * @param switches what can be provoked
 * @param namespaces whose objects are shown; empty for all
 */
public record PageParts(KubernetesClient client, CallLog calls, Switches switches, Set<String> namespaces) {
    /** Takes a copy of the set. */
    public PageParts {
        namespaces = Set.copyOf(namespaces);
    }

    /**
     * @param parts of a sandbox
     * @param desk of the same sandbox
     * @return the page of both, with the objects of all namespaces
     */
    public static PageParts of(SandboxParts parts, TroubleDesk desk) {
        return new PageParts(
                parts.client(), parts.orchestrator().calls(), new DeskSwitches(desk, parts.namespace()), Set.of());
    }
}
