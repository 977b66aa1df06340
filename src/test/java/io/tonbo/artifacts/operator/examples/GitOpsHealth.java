package io.tonbo.artifacts.operator.examples;

import com.fasterxml.jackson.databind.JsonNode;

/** How GitOps tools read a status. */
final class GitOpsHealth {
    private GitOpsHealth() {}

    /**
     * @param object a live object of any kind
     * @return what kstatus says of it: Terminating, InProgress, Failed or Current
     */
    static String kstatus(JsonNode object) {
        if (object.at("/metadata/deletionTimestamp").isTextual()) {
            return "Terminating";
        }
        JsonNode observed = object.at("/status/observedGeneration");
        if (observed.isNumber()
                && observed.asLong() != object.at("/metadata/generation").asLong()) {
            return "InProgress";
        }
        if (object.path("kind").asText().equals("Deployment")) {
            return isRolledOut(object) ? "Current" : "InProgress";
        }
        if (is(object, "Reconciling", "True")) {
            return "InProgress";
        }
        if (is(object, "Stalled", "True")) {
            return "Failed";
        }
        return is(object, "Ready", "False") || is(object, "Ready", "Unknown") ? "InProgress" : "Current";
    }

    /**
     * @param deployment a live Deployment
     * @return whether all its Pods are of the present template and available
     */
    static boolean isRolledOut(JsonNode deployment) {
        int wanted = deployment.at("/spec/replicas").asInt();
        JsonNode status = deployment.path("status");
        return status.path("observedGeneration").asLong()
                        == deployment.at("/metadata/generation").asLong()
                && status.path("replicas").asInt() == wanted
                && status.path("updatedReplicas").asInt() == wanted
                && status.path("availableReplicas").asInt() == wanted;
    }

    private static boolean is(JsonNode object, String type, String status) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)
                    && condition.path("status").asText().equals(status)) {
                return true;
            }
        }
        return false;
    }
}
