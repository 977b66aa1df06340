package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Set;
import java.util.regex.Pattern;

/** A JSON object of a request, read strictly: each complaint names the field. Null counts as absent. */
final class Fields {
    private final JsonNode object;
    private final String path;

    private Fields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    static Fields parse(String body) {
        if (body.isBlank()) {
            throw ApiError.invalid("a JSON object is required as the body");
        }
        try {
            JsonNode node = Json.MAPPER.readTree(body);
            if (!node.isObject()) {
                throw ApiError.invalid("the body must be a JSON object");
            }
            return new Fields(node, "");
        } catch (JsonProcessingException e) {
            throw ApiError.invalid("the body is not valid JSON");
        }
    }

    Fields only(Set<String> known) {
        Iterator<String> names = object.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw ApiError.invalid(path + name + " is not a known field");
            }
        }
        return this;
    }

    Fields object(String name) {
        JsonNode value = required(name);
        if (!value.isObject()) {
            throw ApiError.invalid(path + name + " must be an object");
        }
        return new Fields(value, path + name + ".");
    }

    String text(String name, Pattern pattern) {
        return checked(name, required(name), pattern);
    }

    String text(String name, Pattern pattern, String fallback) {
        return object.hasNonNull(name) ? checked(name, object.get(name), pattern) : fallback;
    }

    private String checked(String name, JsonNode value, Pattern pattern) {
        if (!value.isTextual()) {
            throw ApiError.invalid(path + name + " must be a string");
        }
        if (!pattern.matcher(value.textValue()).matches()) {
            throw ApiError.invalid(path + name + " must match " + pattern.pattern());
        }
        return value.textValue();
    }

    String oneOf(String name, Set<String> allowed, String fallback) {
        JsonNode value = fallback != null && !object.hasNonNull(name) ? null : required(name);
        if (value == null) {
            return fallback;
        }
        if (!value.isTextual() || !allowed.contains(value.textValue())) {
            throw ApiError.invalid(path + name + " must be one of " + String.join(", ", allowed));
        }
        return value.textValue();
    }

    long integer(String name, long min, long max) {
        JsonNode value = required(name);
        if (!value.isIntegralNumber()) {
            throw ApiError.invalid(path + name + " must be an integer");
        }
        if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
            throw ApiError.invalid(path + name + " must be between " + min + " and " + max);
        }
        return value.longValue();
    }

    private JsonNode required(String name) {
        if (!object.hasNonNull(name)) {
            throw ApiError.invalid(path + name + " is required");
        }
        return object.get(name);
    }
}
