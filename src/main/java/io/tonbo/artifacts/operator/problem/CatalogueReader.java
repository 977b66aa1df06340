package io.tonbo.artifacts.operator.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Reads the table's YAML. An unknown or misspelt field is an error, and durations are written as {@code 10s} or {@code 5m}. */
final class CatalogueReader {
    private static final String BUILT_IN = "catalogue.yaml";

    private CatalogueReader() {}

    /**
     * @throws IllegalStateException if the jar has no table or a broken one
     */
    static List<ErrorRow> readBuiltIn() {
        try (InputStream yaml = CatalogueReader.class.getResourceAsStream(BUILT_IN)) {
            if (yaml == null) {
                throw new IllegalStateException(BUILT_IN + " is missing beside " + CatalogueReader.class.getName());
            }
            return read(yaml);
        } catch (IOException e) {
            throw new IllegalStateException(BUILT_IN + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * @throws IOException if the text is no list of rows; the message names the place
     */
    static List<ErrorRow> read(InputStream yaml) throws IOException {
        SimpleModule durations = new SimpleModule().addDeserializer(Duration.class, new ShortDuration());
        return YAMLMapper.builder()
                .addModule(durations)
                .build()
                .readValue(yaml, new TypeReference<List<ErrorRow>>() {});
    }

    private static final class ShortDuration extends StdDeserializer<Duration> {
        ShortDuration() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText();
            try {
                return Duration.parse("PT" + text);
            } catch (DateTimeParseException e) {
                throw context.weirdStringException(text, Duration.class, "not a duration such as 10s, 5m or 1h30m");
            }
        }
    }
}
