/** What tests of several packages share: the one Kubernetes API of a JVM, and proxies that break things on purpose. */
package io.tonbo.artifacts.operator.testing;
