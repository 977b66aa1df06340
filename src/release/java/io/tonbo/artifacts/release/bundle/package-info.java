/** The bundle by which the Operator Lifecycle Manager installs the operator. */
package io.tonbo.artifacts.release.bundle;
