/**
 * Configuration, wiring, health and metrics. No business rules.
 */
package io.tonbo.artifacts.operator.runtime;
