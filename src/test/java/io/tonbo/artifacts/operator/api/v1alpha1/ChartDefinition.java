package io.tonbo.artifacts.operator.api.v1alpha1;

import java.nio.file.Path;

/**
 * A CustomResourceDefinition as the chart has it: among its templates, since Helm never upgrades what is in {@code crds/}. The
 * same text, with the release's labels, and for as long as the values want it.
 */
final class ChartDefinition {
    private static final Path DIRECTORY = Path.of("deploy", "helm", "artifacts-operator", "templates", "crds");
    private static final String METADATA = "\nmetadata:\n";
    private static final String RELEASE =
            """
              labels:
                {{- include "artifacts-operator.labels" . | nindent 4 }}
              {{- with include "artifacts-operator.crdAnnotations" . }}
              annotations:
                {{- . | nindent 4 }}
              {{- end }}
            """
                    .indent(0);

    private ChartDefinition() {}

    /**
     * @param definition the file of a definition
     * @return the template made of it
     */
    static Path file(Path definition) {
        return DIRECTORY.resolve(definition.getFileName());
    }

    /**
     * @param definition the text of a definition
     * @return the template's text
     * @throws IllegalArgumentException if there is no place for the labels, or the text would be read as a template's
     */
    static String template(String definition) {
        int end = definition.indexOf("\nspec:\n");
        if (!definition.contains(METADATA) || end < 0 || definition.contains("{{")) {
            throw new IllegalArgumentException("this definition can't be made a template:\n" + definition);
        }
        return "{{- if .Values.crds.enabled }}\n" + definition.substring(0, end + 1) + RELEASE
                + definition.substring(end + 1) + "{{- end }}\n";
    }
}
