package io.tonbo.artifacts.release.bundle;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.CRDDescription;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.CRDDescriptionBuilder;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.SpecDescriptor;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.SpecDescriptorBuilder;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.StatusDescriptor;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.StatusDescriptorBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A kind for those who meet it in a console: each field with what the CRD says of it. */
final class KindDescription {
    private static final String SECRET = "urn:alm:descriptor:io.kubernetes:Secret";
    private static final String CONDITIONS = "urn:alm:descriptor:io.kubernetes.conditions";

    private final CustomResourceDefinition crd;
    private final CustomResourceDefinitionVersion version;
    private final JSONSchemaProps schema;

    /**
     * @param crd of the kind; it has one version
     */
    KindDescription(CustomResourceDefinition crd) {
        this.crd = crd;
        this.version = crd.getSpec().getVersions().get(0);
        this.schema = version.getSchema().getOpenAPIV3Schema();
    }

    CRDDescription toDescription() {
        String kind = crd.getSpec().getNames().getKind();
        return new CRDDescriptionBuilder()
                .withName(crd.getMetadata().getName())
                .withVersion(version.getName())
                .withKind(kind)
                .withDisplayName(title(kind))
                .withDescription(schema.getDescription())
                .withSpecDescriptors(specDescriptors())
                .withStatusDescriptors(statusDescriptors())
                .build();
    }

    private List<SpecDescriptor> specDescriptors() {
        return leaves("", schema.getProperties().get("spec")).entrySet().stream()
                .map(field -> new SpecDescriptorBuilder()
                        .withPath(field.getKey())
                        .withDisplayName(title(field.getKey()))
                        .withDescription(field.getValue().getDescription())
                        .withXDescriptors(field.getKey().endsWith("SecretRef.name") ? List.of(SECRET) : List.of())
                        .build())
                .toList();
    }

    private List<StatusDescriptor> statusDescriptors() {
        return new TreeMap<>(schema.getProperties().get("status").getProperties())
                .entrySet().stream()
                        .map(field -> new StatusDescriptorBuilder()
                                .withPath(field.getKey())
                                .withDisplayName(title(field.getKey()))
                                .withDescription(field.getValue().getDescription())
                                .withXDescriptors("conditions".equals(field.getKey()) ? List.of(CONDITIONS) : List.of())
                                .build())
                        .toList();
    }

    /** Fields that have no fields of their own, by path. */
    private static Map<String, JSONSchemaProps> leaves(String prefix, JSONSchemaProps object) {
        Map<String, JSONSchemaProps> leaves = new TreeMap<>();
        object.getProperties().forEach((name, field) -> {
            String path = prefix + name;
            if (field.getProperties() == null || field.getProperties().isEmpty()) {
                leaves.put(path, field);
            } else {
                leaves.putAll(leaves(path + ".", field));
            }
        });
        return leaves;
    }

    /** {@code storage.bucketName} is Storage Bucket Name. */
    private static String title(String path) {
        return Stream.of(path.split("\\.|(?<=[a-z])(?=[A-Z])", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }
}
