/**
 * What every reconciler is made of: when it looks at an object again, what it remembers of one, who wakes it, how patient it
 * is, and which row of the catalogue a failed call is. No rule of any resource lives here: those are in the tables of the
 * packages above.
 */
package io.tonbo.artifacts.operator.reconcile;
