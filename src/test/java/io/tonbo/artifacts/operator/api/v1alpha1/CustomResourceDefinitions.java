package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CustomResourceInfo;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Makes the CustomResourceDefinitions in {@code deploy/crds} from the types in this package. */
final class CustomResourceDefinitions {
    /** The one command that writes them anew. */
    static final String REGENERATE = "./mvnw test -Dtest=CrdDriftTest -Dartifacts.regenerate";

    /** Where they are, seen from the project's directory. */
    static final Path DIRECTORY = Path.of("deploy", "crds");

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    private CustomResourceDefinitions() {}

    /** The file of one resource's definition. */
    static Path file(Class<? extends CustomResource<?, ?>> type) {
        return DIRECTORY.resolve(CustomResource.getCRDName(type) + ".yaml");
    }

    /** The text that belongs into {@link #file}. */
    static String generate(Class<? extends CustomResource<?, ?>> type) {
        Capture capture = new Capture();
        new CRDGenerator()
                .customResources(CustomResourceInfo.fromClass(type))
                .forCRDVersions("v1")
                .withParallelGenerationEnabled(false)
                .withPostProcessor(new SchemaRefinement(type))
                .withOutput(capture)
                .generate();
        return "# Generated from the Java types. Do not edit; " + REGENERATE + " writes it anew.\n" + capture.text();
    }

    /** Rewrites what the generator wrote: one line a text, so that a change of one word is a change of one line. */
    private static final class Capture implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return written.computeIfAbsent(crdName, name -> new ByteArrayOutputStream());
        }

        @Override
        public void close() {}

        String text() {
            try {
                byte[] only = written.values().iterator().next().toByteArray();
                return YAML.writeValueAsString(YAML.readTree(only));
            } catch (IOException e) {
                throw new UncheckedIOException("the generator wrote no YAML", e);
            }
        }
    }
}
