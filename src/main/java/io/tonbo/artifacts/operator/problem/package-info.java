/**
 * The error catalogue: what each error code means, how severe it is, when to try again and what a person holding
 * kubectl can do. One table, read once; everything here is pure. No Kubernetes, no I/O besides the table, no clock.
 */
package io.tonbo.artifacts.operator.problem;
