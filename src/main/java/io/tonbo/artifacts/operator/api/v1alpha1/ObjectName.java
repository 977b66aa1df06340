package io.tonbo.artifacts.operator.api.v1alpha1;

/** Names of Kubernetes objects, as the definitions ask for them: DNS subdomains (RFC 1123). */
final class ObjectName {
    /** Largest number of characters. */
    static final int MAX = 253;

    /** Rule of a field that holds one; it keeps out paths and other namespaces, too. */
    static final String RULE = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')";

    private ObjectName() {}
}
