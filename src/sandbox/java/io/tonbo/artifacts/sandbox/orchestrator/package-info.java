/**
 * The orchestrator of the sandbox: an HTTP server on the loopback address that answers as Tonbo's control plane is
 * documented to, as strict as the documents, with a switch for each fault. It keeps its state in the sandbox's Redis and
 * mints real ACL users there. Nothing of the operator is used in here: a wrong idea of the wire on one side must not be
 * confirmed by the other.
 */
package io.tonbo.artifacts.sandbox.orchestrator;
