package io.tonbo.artifacts.operator.orchestrator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Dates in HTTP headers (RFC 9110, section 5.6.7), in the form that senders must use; the obsolete forms are not read. */
final class HttpDate {
    private HttpDate() {}

    /** The instant; null if absent or unreadable. */
    static Instant parse(String header) {
        try {
            return header == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.strip(), Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
