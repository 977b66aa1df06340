package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.generator.annotation.Default;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a CustomResourceDefinition needs and no annotation of the generator says: number and time formats, lists keyed
 * like Kubernetes' own, references replaced as a whole, an empty string as default, and the order in which enum values
 * and columns were declared.
 */
final class SchemaRefinement implements CRDPostProcessor {
    private static final Map<Class<?>, String> FORMATS =
            Map.of(Instant.class, "date-time", Long.class, "int64", Integer.class, "int32");
    private static final Map<Class<?>, List<String>> LIST_KEYS = Map.of(
            Condition.class, List.of("type"),
            PreviousSession.class, List.of("id"),
            WorkloadReference.class, List.of("kind", "name"));
    private static final Set<Class<?>> ATOMIC = Set.of(LocalSecretReference.class, WorkspaceReference.class);

    private final Class<?> resource;

    SchemaRefinement(Class<?> resource) {
        this.resource = resource;
    }

    @Override
    public HasMetadata process(HasMetadata generated, String crdVersion) {
        CustomResourceDefinition crd = (CustomResourceDefinition) generated;
        CustomResourceDefinitionNames names = crd.getSpec().getNames();
        names.setListKind(names.getKind() + "List");
        names.setCategories(List.of(ArtifactsApi.CATEGORY));
        crd.getSpec().getVersions().forEach(version -> {
            version.getAdditionalPrinterColumns().sort(asDeclared());
            JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
            root.setDescription(
                    resource.getAnnotation(JsonClassDescription.class).value());
            refine(root.getProperties().get("spec"), typeOf("getSpec"));
            refine(root.getProperties().get("status"), typeOf("getStatus"));
        });
        return crd;
    }

    private Class<?> typeOf(String getter) {
        try {
            return resource.getDeclaredMethod(getter).getReturnType();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(resource + " must declare " + getter + "() to be described", e);
        }
    }

    private Comparator<CustomResourceColumnDefinition> asDeclared() {
        List<String> names = Arrays.stream(resource.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        return Comparator.comparingInt(column -> names.indexOf(column.getName()));
    }

    private static void refine(JSONSchemaProps schema, Class<?> type) {
        if (ATOMIC.contains(type)) {
            schema.setXKubernetesMapType("atomic");
        }
        schema.getProperties().forEach((name, property) -> refine(property, field(type, name)));
    }

    private static void refine(JSONSchemaProps property, Field field) {
        Class<?> type = field.getType();
        property.setFormat(FORMATS.getOrDefault(type, property.getFormat()));
        Default defaultValue = field.getAnnotation(Default.class);
        if (defaultValue != null && defaultValue.value().isEmpty()) {
            property.setDefault(TextNode.valueOf(""));
        }
        if (property.getItems() != null) {
            Class<?> item = (Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
            if (LIST_KEYS.containsKey(item)) {
                property.setXKubernetesListType("map");
                property.setXKubernetesListMapKeys(LIST_KEYS.get(item));
            }
            refine(property.getItems().getSchema(), item);
        }
        if (!property.getEnum().isEmpty()) {
            SchemaFrom from = field.getAnnotation(SchemaFrom.class);
            property.setEnum(constants(from == null ? type : from.type()));
        }
        if (!property.getProperties().isEmpty()) {
            refine(property, type);
        }
    }

    private static List<JsonNode> constants(Class<?> enumType) {
        return Arrays.stream(enumType.getFields())
                .filter(Field::isEnumConstant)
                .map(constant -> constant.getAnnotation(JsonProperty.class).value())
                .<JsonNode>map(TextNode::valueOf)
                .toList();
    }

    private static Field field(Class<?> type, String name) {
        try {
            return type.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(type + " has no field " + name + ": name fields like their JSON", e);
        }
    }
}
