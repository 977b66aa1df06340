/**
 * A Kubernetes API without Kubernetes: the Fabric8 mock server with what an operator needs beyond it. For machines on which
 * no API server can be had in seconds.
 */
package io.tonbo.artifacts.sandbox.mock;
