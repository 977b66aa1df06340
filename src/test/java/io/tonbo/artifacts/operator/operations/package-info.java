/** What {@code docs/operations.md} promises when something is lost. */
package io.tonbo.artifacts.operator.operations;
