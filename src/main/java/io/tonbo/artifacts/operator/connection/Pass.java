package io.tonbo.artifacts.operator.connection;

/**
 * Leave to make one call. What comes of it counts only while the gate that gave the pass has not been closed or opened
 * since: a call that was under way then says nothing about now.
 *
 * @param epoch how often the gate had changed
 * @param probe whether this is the one call that finds out whether a closed gate may open
 */
record Pass(long epoch, boolean probe) {}
