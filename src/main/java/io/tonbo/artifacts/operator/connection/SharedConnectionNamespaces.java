package io.tonbo.artifacts.operator.connection;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The namespaces that may use the shared connection.
 *
 * @param all whether every namespace may
 * @param names those that may, when not all
 */
public record SharedConnectionNamespaces(boolean all, Set<String> names) {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public SharedConnectionNamespaces {
        names = Set.copyOf(names);
    }

    /**
     * @param text the value of {@code ARTIFACTS_SHARED_CONNECTION_NAMESPACES}: names separated by commas, or {@code *};
     *     null or blank means none
     * @return the namespaces
     * @throws IllegalArgumentException naming the variable and the entry that is no namespace
     */
    public static SharedConnectionNamespaces parse(String text) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(text == null ? new String[0] : text.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .forEach(names::add);
        boolean all = names.remove("*");
        for (String name : names) {
            if (!NAMESPACE.matcher(name).matches()) {
                throw new IllegalArgumentException("ARTIFACTS_SHARED_CONNECTION_NAMESPACES: \"" + name
                        + "\" is no name of a namespace; expected names separated by commas, or * for all");
            }
        }
        return new SharedConnectionNamespaces(all, names);
    }

    /**
     * @param namespace name of a namespace
     * @return whether it may use the shared connection
     */
    public boolean allows(String namespace) {
        return all || names.contains(namespace);
    }
}
