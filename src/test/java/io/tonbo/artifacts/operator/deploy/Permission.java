package io.tonbo.artifacts.operator.deploy;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * One verb on one resource, the smallest thing that a role grants.
 *
 * @param where the namespace of a Role; empty for a ClusterRole, which holds wherever it is bound
 * @param verb such as {@code get}
 * @param group API group, empty for the core group
 * @param resource plural name, with its subresource such as {@code workspaces/status}
 * @param names of the only objects it holds for; empty for all
 */
record Permission(String where, String verb, String group, String resource, List<String> names) {

    /**
     * @param where the namespace of a Role; empty for a ClusterRole
     * @param rules its rules
     * @return what they grant, one by one
     */
    static List<Permission> of(String where, List<PolicyRule> rules) {
        List<Permission> permissions = new ArrayList<>();
        for (PolicyRule rule : rules) {
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    for (String verb : rule.getVerbs()) {
                        permissions.add(new Permission(where, verb, group, resource, rule.getResourceNames()));
                    }
                }
            }
        }
        return permissions;
    }

    /**
     * @return a rule that grants this and nothing else
     */
    PolicyRule rule() {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(verb)
                .withResourceNames(names)
                .build();
    }

    String plural() {
        return resource.split("/", 2)[0];
    }

    String subresource() {
        return resource.contains("/") ? resource.split("/", 2)[1] : "";
    }

    /** As kubectl has it, such as {@code patch workspaces.artifacts.tonbo.io/status}. */
    @Override
    public String toString() {
        return verb + " " + plural()
                + (group.isEmpty() ? "" : "." + group)
                + (subresource().isEmpty() ? "" : "/" + subresource())
                + (where.isEmpty() ? "" : " in " + where);
    }
}
