/**
 * What can go wrong in a running sandbox at a click: for nearly every row of the error catalogue a way to make it happen to
 * objects of its own, and the way out.
 */
package io.tonbo.artifacts.sandbox.trouble;
