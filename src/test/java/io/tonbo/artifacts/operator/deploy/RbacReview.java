package io.tonbo.artifacts.operator.deploy;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What no role that we ship may grant, to whomever. */
final class RbacReview {
    private static final Set<String> POWERS = Set.of("escalate", "bind", "impersonate", "approve", "sign", "attest");
    /** What shows or changes Secrets whose names nobody gave. */
    private static final Set<String> NOT_BY_NAME = Set.of("list", "watch", "deletecollection");

    private RbacReview() {}

    /**
     * @param rule a rule of a role
     * @return what is wrong with it, in words; empty if nothing is
     */
    static List<String> objections(PolicyRule rule) {
        List<String> objections = new ArrayList<>();
        if (Stream.of(rule.getApiGroups(), rule.getResources(), rule.getVerbs(), rule.getResourceNames())
                .flatMap(List::stream)
                .anyMatch(word -> word.contains("*"))) {
            objections.add("a wildcard in " + rule);
        }
        if (!rule.getNonResourceURLs().isEmpty()) {
            objections.add("paths in " + rule);
        }
        if (rule.getVerbs().stream().anyMatch(POWERS::contains)) {
            objections.add("a way to more power in " + rule);
        }
        if (rule.getResources().contains("secrets") && rule.getVerbs().stream().anyMatch(NOT_BY_NAME::contains)) {
            objections.add("Secrets other than by name in " + rule);
        }
        return objections;
    }
}
