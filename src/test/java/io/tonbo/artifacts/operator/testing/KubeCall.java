package io.tonbo.artifacts.operator.testing;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One request to the Kubernetes API, as its method and path say. Parts that a path does not have are empty.
 *
 * @param method HTTP method
 * @param path without the query
 * @param group API group, empty for the core group
 * @param namespace where the object is
 * @param resource plural name, such as {@code workspaces}
 * @param name of the object; empty for a collection, so for a create, too
 * @param subresource such as {@code status}
 */
public record KubeCall(
        String method, String path, String group, String namespace, String resource, String name, String subresource) {
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> OF_A_NAMESPACE = Set.of("status", "finalize");

    static KubeCall parse(String method, String path) {
        List<String> parts =
                Stream.of(path.split("/")).filter(part -> !part.isEmpty()).collect(Collectors.toList());
        String group = "";
        if (at(parts, 0).equals("apis")) {
            group = at(parts, 1);
            drop(parts, 3);
        } else if (at(parts, 0).equals("api")) {
            drop(parts, 2);
        } else {
            return new KubeCall(method, path, "", "", "", "", "");
        }
        String namespace = "";
        if (at(parts, 0).equals("namespaces") && parts.size() > 2 && !OF_A_NAMESPACE.contains(at(parts, 2))) {
            namespace = at(parts, 1);
            drop(parts, 2);
        }
        return new KubeCall(method, path, group, namespace, at(parts, 0), at(parts, 1), at(parts, 2));
    }

    private static String at(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    private static void drop(List<String> parts, int count) {
        parts.subList(0, Math.min(count, parts.size())).clear();
    }

    /**
     * @return whether it asks for a change
     */
    public boolean isWrite() {
        return WRITES.contains(method);
    }

    /**
     * @return whether it concerns an Event or a Lease, which counts of writes leave out
     */
    public boolean isEventOrLease() {
        return resource.equals("events") || resource.equals("leases");
    }

    /**
     * @param plural name of a resource, such as {@code workspaces}
     * @return whether it changes one itself, not its status or another subresource
     */
    public boolean changes(String plural) {
        return isWrite() && resource.equals(plural) && subresource.isEmpty();
    }

    /**
     * @param plural name of a resource, such as {@code workspaces}
     * @return whether it changes the status of one
     */
    public boolean changesStatusOf(String plural) {
        return isWrite() && resource.equals(plural) && subresource.equals("status");
    }
}
