/**
 * The mount session: which session is live, when it is renewed, and the Secret that holds its credential. The decisions are
 * pure and can be read as a table; what time it is and what the cluster and the orchestrator say is passed in. Imports
 * nothing of the workspace package: of a Workspace it knows what its status says.
 */
package io.tonbo.artifacts.operator.mountsession;
