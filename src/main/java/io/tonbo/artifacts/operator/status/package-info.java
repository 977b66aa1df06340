/**
 * What a reconcile came to, as conditions, {@code lastError}, events and a requeue: pure, the clock is passed in. And the
 * one writer of status. Nothing else in the operator patches a status.
 */
package io.tonbo.artifacts.operator.status;
