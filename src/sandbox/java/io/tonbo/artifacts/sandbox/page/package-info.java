/**
 * The live page of the sandbox: what the operator knows and does, in a browser, and the switches that provoke each row of the
 * error catalogue. Reads Workspaces, MountSessions and Events of the Kubernetes API and the orchestrator's call log; it never
 * reads a Secret and never shows a body. Listens on the loopback address only.
 */
package io.tonbo.artifacts.sandbox.page;
