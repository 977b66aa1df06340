/** The documentation: what it links to is there, and what it tells a reader to type works. */
package io.tonbo.artifacts.operator.docs;
