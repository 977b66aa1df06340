package io.tonbo.artifacts.sandbox.orchestrator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** How things look on the wire, faults of the view included. */
final class Wire {
    private static final Set<FaultKind> OF_A_ROW = EnumSet.of(
            FaultKind.UNKNOWN_STATE,
            FaultKind.WRONG_HANDLE,
            FaultKind.STORAGE_NULL,
            FaultKind.TOMBSTONE,
            FaultKind.REPLACED);

    private final Behaviour behaviour;

    Wire(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }

    ObjectNode workspace(StoredWorkspace workspace, CallContext call) {
        ObjectNode shown = plain(workspace);
        for (FaultKind kind : OF_A_ROW) {
            call.meets(kind).ifPresent(met -> distort(shown, met.fault()));
        }
        return shown;
    }

    ArrayNode rows(List<StoredWorkspace> page, CallContext call) {
        Set<String> names = new TreeSet<>();
        page.forEach(row -> names.add(row.name()));
        UnaryOperator<ObjectNode> distortion = UnaryOperator.identity();
        for (FaultKind kind : OF_A_ROW) {
            Optional<Faults.Met> met = call.faults().take(call.operation(), names, EnumSet.of(kind));
            if (met.isPresent()) {
                UnaryOperator<ObjectNode> earlier = distortion;
                distortion = row -> distortNamed(earlier.apply(row), met.get());
            }
        }
        ArrayNode rows = Json.MAPPER.createArrayNode();
        for (StoredWorkspace row : page) {
            rows.add(distortion.apply(plain(row)));
        }
        call.meets(FaultKind.EXTRA_ROW).ifPresent(met -> rows.insert(0, managedRow()));
        return rows;
    }

    private static ObjectNode distortNamed(ObjectNode row, Faults.Met met) {
        boolean meant = met.workspace() == null
                || met.workspace().equals(row.get("name").textValue());
        return meant ? distort(row, met.fault()) : row;
    }

    private ObjectNode plain(StoredWorkspace workspace) {
        ObjectNode shown = object();
        shown.put("id", workspace.id())
                .put("handle", workspace.handle())
                .put("name", workspace.name())
                .put("status", workspace.state().wire())
                .put("volume_name", workspace.volumeName())
                .put("key_prefix", workspace.keyPrefix());
        shown.set("storage", Json.MAPPER.valueToTree(workspace.storage()));
        shown.put("cache_profile", workspace.cacheProfile());
        if (behaviour.tellsCreatedAt()) {
            shown.put("created_at", time(workspace.createdAt()));
        }
        return shown;
    }

    private static ObjectNode distort(ObjectNode shown, Fault fault) {
        switch (fault.kind()) {
            case UNKNOWN_STATE -> shown.put("status", fault.text());
            case WRONG_HANDLE -> shown.put("handle", fault.text());
            case STORAGE_NULL -> shown.putNull("storage");
            case TOMBSTONE -> shown.put("status", WorkspaceState.DELETED.wire());
            case REPLACED ->
                shown.put("id", "ws_" + Randomness.name(24))
                        .put("volume_name", "v-" + Randomness.name(20))
                        .put("key_prefix", "{u_0_w_0}:");
            default -> throw new IllegalArgumentException(fault.kind() + " is not of a row");
        }
        return shown;
    }

    private ObjectNode managedRow() {
        ObjectNode row =
                object().put("id", "ws_managed").put("name", "Managed_Data").put("backend", "managed");
        row.put("status", "active").putNull("storage");
        return row;
    }

    ObjectNode format(Access.Grant grant) {
        return object().put("metadata_url", grant.metadataUrl()).put("expires_at", time(grant.expiresAt()));
    }

    String time(Instant instant) {
        int digits = behaviour.fractionDigits();
        DateTimeFormatterBuilder format = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd'T'HH:mm:ss");
        if (digits > 0) {
            format.appendFraction(ChronoField.NANO_OF_SECOND, digits, digits, true);
        }
        return format.appendLiteral('Z')
                .toFormatter(java.util.Locale.ROOT)
                .format(instant.plus(behaviour.clockOffset()).atOffset(ZoneOffset.UTC));
    }

    String httpDate() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                behaviour.now().plus(behaviour.clockOffset()).atOffset(ZoneOffset.UTC));
    }
}
