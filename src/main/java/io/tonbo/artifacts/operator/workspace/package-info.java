/**
 * The Workspace: observe, decide, act. The decisions are pure and can be read as a table; the shell around them only
 * gathers facts and carries decisions out. Imports nothing of the mount session package.
 */
package io.tonbo.artifacts.operator.workspace;
