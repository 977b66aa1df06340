package io.tonbo.artifacts.operator.connection;

/**
 * Where a token comes from.
 *
 * @param namespace the namespace of the object that uses it
 * @param secretName the Secret in that namespace; null for the shared connection
 */
public record TokenSource(String namespace, String secretName) {
    /**
     * @return whether it is the operator's shared connection
     */
    public boolean shared() {
        return secretName == null;
    }
}
