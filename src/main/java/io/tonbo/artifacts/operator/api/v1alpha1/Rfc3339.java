package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Times as Kubernetes writes them: RFC 3339, UTC, whole seconds. What is read back equals what was written. */
final class Rfc3339 {
    private Rfc3339() {}

    /** The instant without its fraction of a second; null stays null. */
    static Instant wholeSeconds(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Writes {@code 2026-11-01T00:00:00Z}. */
    static final class Writer extends StdSerializer<Instant> {
        Writer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider context) throws IOException {
            json.writeString(wholeSeconds(time).toString());
        }
    }

    /** Reads any offset and fraction. What is no time at all reads as absent: one odd object must not stop a list. */
    static final class Reader extends StdDeserializer<Instant> {
        Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = json.getValueAsString();
            if (text == null) {
                json.skipChildren();
                return null;
            }
            try {
                return wholeSeconds(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                return null;
            }
        }
    }
}
