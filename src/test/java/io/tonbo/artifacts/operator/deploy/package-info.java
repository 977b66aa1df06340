/** Tests of what is shipped in {@code deploy}. */
package io.tonbo.artifacts.operator.deploy;
