/**
 * The real JuiceFS client, run as a process of its own: it takes its bucket keys from the environment, and says what is
 * wrong on its standard error only.
 */
package io.tonbo.artifacts.sandbox.juicefs;
