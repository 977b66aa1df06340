/**
 * What is told of the operator while it works: the names of its meters, and traces. Knows neither Kubernetes nor the
 * orchestrator; credentials, names and addresses never become a label.
 */
package io.tonbo.artifacts.operator.telemetry;
