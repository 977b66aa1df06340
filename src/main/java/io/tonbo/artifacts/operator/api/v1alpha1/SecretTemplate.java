package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What the published Secret carries besides what the operator puts there. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public class SecretTemplate {
    /** Largest number of labels, and of annotations. */
    public static final int MAX_ENTRIES = 32;

    /** Largest number of characters of a label's value; Kubernetes' own bound. */
    public static final int MAX_LABEL = 63;

    /** Largest number of characters of an annotation's value. */
    public static final int MAX_ANNOTATION = 1024;

    // What Kubernetes asks of a key, so that a Secret is not refused long after its MountSession was let in.
    private static final String KEYS =
            """
            self.all(k, size(k) <= 317 && k.indexOf('/') <= 253 && k.matches(\
            '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?\
            [A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))""";

    private static final String NOT_RESERVED = "self.all(k, !('.' + k).contains('.artifacts.tonbo.io/'))";

    @JsonPropertyDescription(
            """
            Labels of the Secret. At most 32; keys and values as Kubernetes wants them: values of at most 63 \
            characters. Keys under artifacts.tonbo.io/ are the operator's own. Can change at any time.""")
    @Size(max = MAX_ENTRIES)
    @ValidationRule(
            value = KEYS,
            message =
                    """
            labels must have keys such as team or example.com/team: after an optional lower case DNS name and '/' \
            1-63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit""")
    @ValidationRule(
            value = NOT_RESERVED,
            message =
                    """
            labels under artifacts.tonbo.io/ are the operator's own; use a prefix of yours, such as \
            example.com/team""")
    @ValidationRule(
            value = "self.all(k, self[k].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
            message =
                    """
            labels must have values of letters, digits, '-', '_' and '.', starting and ending with a letter or \
            digit, or empty ones; longer texts can be annotations""")
    private Map<String, @Size(max = MAX_LABEL) String> labels = new LinkedHashMap<>();

    @JsonPropertyDescription(
            """
            Annotations of the Secret. At most 32, with values of at most 1024 characters. Keys under \
            artifacts.tonbo.io/ are the operator's own. Can change at any time.""")
    @Size(max = MAX_ENTRIES)
    @ValidationRule(
            value = KEYS,
            message =
                    """
            annotations must have keys such as note or example.com/note: after an optional lower case DNS name and \
            '/' 1-63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit""")
    @ValidationRule(
            value = NOT_RESERVED,
            message =
                    """
            annotations under artifacts.tonbo.io/ are the operator's own; use a prefix of yours, such as \
            example.com/note""")
    private Map<String, @Size(max = MAX_ANNOTATION) String> annotations = new LinkedHashMap<>();

    /** Labels by key, at most {@value #MAX_ENTRIES} of {@value #MAX_LABEL} characters each; never null. */
    public Map<String, String> getLabels() {
        return labels;
    }

    public void setLabels(Map<String, String> labels) {
        this.labels = labels == null ? new LinkedHashMap<>() : labels;
    }

    /** Annotations by key, at most {@value #MAX_ENTRIES} of {@value #MAX_ANNOTATION} characters each; never null. */
    public Map<String, String> getAnnotations() {
        return annotations;
    }

    public void setAnnotations(Map<String, String> annotations) {
        this.annotations = annotations == null ? new LinkedHashMap<>() : annotations;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretTemplate that
                && Objects.equals(labels, that.labels)
                && Objects.equals(annotations, that.annotations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(labels, annotations);
    }

    @Override
    public String toString() {
        return "SecretTemplate{labels=" + labels + ", annotations=" + annotations + "}";
    }
}
