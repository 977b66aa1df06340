/**
 * The bundle by which the Operator Lifecycle Manager installs the operator. It is made here and not by the bundle generator of the
 * Quarkus extension: that takes Deployment and permissions from what Quarkus generates for Kubernetes, or finds in a directory of
 * its own, and CRDs from the extension's generator. It knows neither the Deployment and the permissions that the chart renders nor
 * the CRDs that are shipped, and the bundle would install another operator than the chart does.
 */
package io.tonbo.artifacts.release.bundle;
