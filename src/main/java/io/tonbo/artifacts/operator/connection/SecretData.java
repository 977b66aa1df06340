package io.tonbo.artifacts.operator.connection;

import java.util.Map;

/**
 * What a Secret holds, of the keys that this operator reads. Values do not show in {@link #toString()}.
 *
 * @param values the values by key, decoded as UTF-8, not trimmed
 * @param resourceVersion the Secret's version, for telling whether it changed
 */
public record SecretData(Map<String, String> values, String resourceVersion) {
    public SecretData {
        values = Map.copyOf(values);
    }

    @Override
    public String toString() {
        return "SecretData[keys=" + values.keySet() + ", resourceVersion=" + resourceVersion + "]";
    }
}
