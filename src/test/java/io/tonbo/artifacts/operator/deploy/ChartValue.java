package io.tonbo.artifacts.operator.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of the chart, as the comment above it in values.yaml describes it.
 *
 * @param path its keys from the outside in
 * @param description the comment, without its mark
 */
record ChartValue(List<String> path, String description) {
    private static final String MARK = "-- ";
    private static final int INDENT = 2;

    ChartValue {
        path = List.copyOf(path);
    }

    /** Such as {@code image.tag}. */
    String key() {
        return String.join(".", path);
    }

    /**
     * @param tree a tree with an object for each key but the last
     * @return what is there for this value
     */
    JsonNode in(JsonNode tree) {
        JsonNode node = tree;
        for (String key : path) {
            node = node.path(key);
        }
        return node;
    }

    /**
     * @param text of values.yaml
     * @return the values that have a description, in the order of the file
     */
    static List<ChartValue> described(String text) {
        List<ChartValue> values = new ArrayList<>();
        List<String> path = new ArrayList<>();
        String description = null;
        for (String line : text.lines().toList()) {
            String content = line.strip();
            if (content.startsWith("#")) {
                String comment = content.substring(1).strip();
                if (comment.startsWith(MARK)) {
                    description = comment.substring(MARK.length());
                } else if (description != null) {
                    description += " " + comment;
                }
            } else if (content.matches("[a-zA-Z]+:( .*)?")) {
                int depth = (line.length() - line.stripLeading().length()) / INDENT;
                path.subList(Math.min(depth, path.size()), path.size()).clear();
                path.add(content.substring(0, content.indexOf(':')));
                if (description != null) {
                    values.add(new ChartValue(path, description));
                }
                description = null;
            } else {
                description = null;
            }
        }
        return values;
    }

    /**
     * @param text of values.yaml
     * @return all of it
     */
    static JsonNode tree(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("values.yaml is no YAML", e);
        }
    }
}
