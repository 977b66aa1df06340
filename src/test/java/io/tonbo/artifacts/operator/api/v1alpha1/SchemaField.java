package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;

/**
 * One field of a CustomResourceDefinition's schema, in words for a reference page.
 *
 * @param path where it is in a manifest, such as {@code spec.storage.bucket}; a list's items are {@code […]}
 * @param schema its schema
 * @param required whether whatever holds it must have it
 */
record SchemaField(String path, JsonNode schema, boolean required) {
    private static final String VALIDATIONS = "x-kubernetes-validations";

    /**
     * @param root name of the field to begin with, such as {@code spec}
     * @param schema its schema
     * @return all fields below it, each followed by its own, those that are required first
     */
    static List<SchemaField> below(String root, JsonNode schema) {
        List<SchemaField> fields = new ArrayList<>();
        JsonNode required = schema.path("required");
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        required.forEach(
                name -> properties.put(name.asText(), schema.path("properties").path(name.asText())));
        schema.path("properties").properties().forEach(each -> properties.putIfAbsent(each.getKey(), each.getValue()));
        properties.forEach((name, property) -> {
            boolean needed = StreamSupport.stream(required.spliterator(), false)
                    .anyMatch(one -> one.asText().equals(name));
            SchemaField field = new SchemaField(root + "." + name, property, needed);
            fields.add(field);
            fields.addAll(below(field.path(), property));
            fields.addAll(below(field.path() + "[]", property.path("items")));
        });
        return fields;
    }

    /**
     * Rules of a schema itself, which speak of one of its fields.
     *
     * @param root name of the field whose schema it is; empty for the whole object
     * @param schema a schema
     * @return messages by the path of the field that they are about
     */
    static Map<String, List<String>> rules(String root, JsonNode schema) {
        Map<String, List<String>> rules = new LinkedHashMap<>();
        schema.path(VALIDATIONS).forEach(rule -> {
            String path = root + rule.path("fieldPath").asText();
            String about = path.startsWith(".") ? path.substring(1) : path;
            rules.computeIfAbsent(about, key -> new ArrayList<>())
                    .add(rule.path("message").asText());
        });
        return rules;
    }

    String description() {
        return schema.path("description").asText();
    }

    /** Messages of its own rules. */
    List<String> ownRules() {
        List<String> messages = new ArrayList<>();
        schema.path(VALIDATIONS)
                .forEach(rule -> messages.add(rule.path("message").asText()));
        return messages;
    }

    /** What its values are, such as {@code list of objects}. */
    String type() {
        String type = schema.path("type").asText();
        if (schema.path("format").asText().equals("date-time")) {
            return "time";
        }
        if (type.equals("array")) {
            return "list of " + schema.path("items").path("type").asText() + "s";
        }
        JsonNode values = schema.path("additionalProperties");
        return values.isObject() ? "map of " + values.path("type").asText() + "s" : type;
    }

    /** What it is when it is left out, in Markdown; empty if that is nothing special. */
    Optional<String> standard() {
        JsonNode standard = schema.path("default");
        if (standard.isMissingNode() || standard.isContainerNode()) {
            return Optional.empty();
        }
        return Optional.of(
                standard.isTextual() && standard.asText().isEmpty() ? "empty" : "`" + standard.asText() + "`");
    }

    /** Required, and in what, or what it is otherwise. */
    String presence() {
        if (!required) {
            return standard().map(value -> "default " + value).orElse("optional");
        }
        String holder = path.substring(0, path.lastIndexOf('.'));
        return holder.indexOf('.') < 0 ? "required" : "required in " + holder;
    }

    /** Which values it may have, in Markdown; empty if its type is all there is to say. */
    String bounds() {
        StringJoiner bounds = new StringJoiner("; ");
        StringJoiner choices = new StringJoiner(", ");
        schema.path("enum").forEach(choice -> choices.add("`" + choice.asText() + "`"));
        if (choices.length() > 0) {
            bounds.add("one of " + choices);
        }
        range("minLength", "maxLength", " characters").ifPresent(bounds::add);
        range("minimum", "maximum", "").ifPresent(bounds::add);
        range("minItems", "maxItems", " items").ifPresent(bounds::add);
        range("minProperties", "maxProperties", " keys").ifPresent(bounds::add);
        JsonNode values = schema.path("additionalProperties");
        if (values.has("maxLength")) {
            bounds.add("values of at most " + values.path("maxLength").asLong() + " characters");
        }
        JsonNode keys = schema.path("x-kubernetes-list-map-keys");
        if (keys.isArray()) {
            StringJoiner names = new StringJoiner(" and ");
            keys.forEach(key -> names.add("`" + key.asText() + "`"));
            bounds.add("one for each " + names);
        }
        return bounds.toString();
    }

    private Optional<String> range(String least, String most, String unit) {
        boolean from = schema.has(least);
        boolean to = schema.has(most);
        if (from && to) {
            return Optional.of(number(least) + " to " + number(most) + unit);
        }
        if (from) {
            return Optional.of("at least " + number(least) + unit);
        }
        return to ? Optional.of("at most " + number(most) + unit) : Optional.empty();
    }

    private long number(String bound) {
        return schema.path(bound).asLong();
    }
}
