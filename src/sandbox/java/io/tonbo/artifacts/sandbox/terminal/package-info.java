/**
 * What a person sees while the sandbox starts: a live list of steps where the output is a terminal, and plain lines, each
 * complete, where it is not.
 */
package io.tonbo.artifacts.sandbox.terminal;
