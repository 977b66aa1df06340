package io.tonbo.artifacts.operator.runtime;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Asked before the operator is removed together with the CustomResourceDefinitions: is there any object left? Each has, or may
 * get, a finalizer that only the operator takes off. It changes nothing.
 */
final class UninstallCheck {
    /** The program's argument. */
    static final String ARGUMENT = "--check-uninstall";

    private static final int MOST_NAMED = 10;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;

    /**
     * @param client a client that may list both kinds everywhere: the CustomResourceDefinitions are everybody's
     */
    UninstallCheck(KubernetesClient client) {
        this.client = client;
    }

    /**
     * @param out where it says what is left, and what to do
     * @return exit code: 0 if nothing is left, 1 if something is, or if that can't be found out
     */
    int run(PrintStream out) {
        try {
            List<String> left = new ArrayList<>();
            names(MountSession.class, "MountSession", left);
            names(Workspace.class, "Workspace", left);
            if (left.isEmpty()) {
                out.println("artifacts-operator: no Workspace and no MountSession is left");
                return 0;
            }
            out.print(refusal(left));
        } catch (KubernetesClientException e) {
            out.println("artifacts-operator: whether Workspaces or MountSessions are left can't be found out ("
                    + (e.getCode() <= 0 ? "the API server does not answer" : "HTTP " + e.getCode())
                    + "); to uninstall all the same: helm uninstall --no-hooks");
        }
        return 1;
    }

    private <T extends HasMetadata> void names(Class<T> type, String kind, List<String> names) {
        // One more than is named tells that there are more.
        ListOptions few = new ListOptionsBuilder().withLimit(MOST_NAMED + 1L).build();
        try {
            for (T object : client.resources(type).inAnyNamespace().list(few).getItems()) {
                names.add(kind + " " + object.getMetadata().getNamespace() + "/"
                        + object.getMetadata().getName());
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
        }
    }

    private static String refusal(List<String> left) {
        List<String> named = left.subList(0, Math.min(MOST_NAMED, left.size()));
        return """
                artifacts-operator: not uninstalled. The CustomResourceDefinitions would go, and with them:
                  %s%s
                Without the operator nobody ends what they hold at Tonbo, and they never go. Delete them while it is at work:
                  kubectl delete mountsessions.artifacts.tonbo.io --all --all-namespaces
                  kubectl delete workspaces.artifacts.tonbo.io --all --all-namespaces
                and uninstall again. Or keep them: helm rollback to the revision that helm list -a shows.
                """
                .formatted(String.join("\n  ", named), left.size() > MOST_NAMED ? "\n  and others" : "");
    }
}
