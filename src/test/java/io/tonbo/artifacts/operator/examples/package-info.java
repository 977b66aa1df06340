/** What {@code examples/} and the README promise. */
package io.tonbo.artifacts.operator.examples;
