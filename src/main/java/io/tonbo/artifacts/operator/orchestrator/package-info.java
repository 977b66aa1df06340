/**
 * The HTTP client of the orchestrator: one method an endpoint, typed answers, one exception. Knows no Kubernetes, keeps
 * no state between calls but its connection pool, and never retries: whether to try again is decided above.
 */
package io.tonbo.artifacts.operator.orchestrator;
