package io.tonbo.artifacts.sandbox.orchestrator;

import java.util.List;
import java.util.Set;

/**
 * Which operation a request is, and on what.
 *
 * @param operation the operation; ANY for none
 * @param handle from the path, or null
 * @param name of the workspace, from the path, or null
 * @param sessionId from the path, or null
 * @param allowed methods of that path; empty if there is no such path
 */
record Route(Operation operation, String handle, String name, String sessionId, Set<String> allowed) {

    static Route of(String method, List<String> path) {
        String shape = path.isEmpty() ? "" : path.get(0) + "/" + path.size();
        return switch (shape) {
            case "workspaces/1" -> collection(method);
            case "workspaces/3" -> item(method, path);
            case "workspaces/4" -> action(method, path);
            case "mount-sessions/2" -> {
                boolean ok = method.equals("DELETE");
                yield new Route(
                        ok ? Operation.CLOSE_SESSION : Operation.ANY, null, null, path.get(1), Set.of("DELETE"));
            }
            default -> new Route(Operation.ANY, null, null, null, Set.of());
        };
    }

    private static Route collection(String method) {
        Operation operation =
                switch (method) {
                    case "POST" -> Operation.RESERVE;
                    case "GET" -> Operation.LIST;
                    default -> Operation.ANY;
                };
        return new Route(operation, null, null, null, Set.of("GET", "POST"));
    }

    private static Route item(String method, List<String> path) {
        Operation operation =
                switch (method) {
                    case "GET" -> Operation.GET;
                    case "DELETE" -> Operation.DELETE;
                    default -> Operation.ANY;
                };
        return new Route(operation, path.get(1), path.get(2), null, Set.of("GET", "DELETE"));
    }

    private static Route action(String method, List<String> path) {
        Operation operation =
                switch (path.get(3)) {
                    case "format-completed" -> Operation.CONFIRM;
                    case "mount-sessions" -> Operation.OPEN_SESSION;
                    default -> Operation.ANY;
                };
        if (operation == Operation.ANY) {
            return new Route(Operation.ANY, null, null, null, Set.of());
        }
        return new Route(
                method.equals("POST") ? operation : Operation.ANY, path.get(1), path.get(2), null, Set.of("POST"));
    }
}
