package io.tonbo.artifacts.operator.status;

/**
 * An event to record on an object.
 *
 * @param warning a Warning, else Normal
 * @param reason a stable reason in CamelCase, at most 128 characters
 * @param action what the operator did or tried, in CamelCase, at most 128 characters
 * @param note for a person; at most 1,024 bytes of UTF-8 are kept
 */
public record Announcement(boolean warning, String reason, String action, String note) {}
