/**
 * The parts that the operator runs against on one machine, real wherever they can be: Redis with ACLs, an S3 server that
 * checks signatures, a Kubernetes API server, and an orchestrator on HTTP. Used by {@code ./mvnw -Psandbox} and by the
 * tests. Compiled as test code: nothing in here can reach the production jar.
 */
package io.tonbo.artifacts.sandbox;
