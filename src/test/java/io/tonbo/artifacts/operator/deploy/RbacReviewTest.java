package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The review of roles objects to what it should. */
class RbacReviewTest {
    @ParameterizedTest
    @CsvSource({
        "'*',  pods,            get",
        "apps, '*',             get",
        "apps, '*/scale',       get",
        "apps, deployments/*,   get",
        "apps, deployments,     '*'",
        "'',   secrets,         list",
        "'',   secrets,         watch",
        "'',   secrets,         deletecollection",
        "'',   serviceaccounts, impersonate",
        "rbac.authorization.k8s.io, clusterroles, bind",
        "rbac.authorization.k8s.io, clusterroles, escalate",
    })
    void tooMuchIsObjectedTo(String group, String resource, String verb) {
        assertThat(RbacReview.objections(rule(group, resource, verb))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'', secrets, get", "'', pods, list", "apps, deployments, patch"})
    void whatIsNeededIsNot(String group, String resource, String verb) {
        assertThat(RbacReview.objections(rule(group, resource, verb))).isEmpty();
    }

    @Test
    void pathsAreObjectedTo() {
        PolicyRule rule = new PolicyRuleBuilder()
                .withNonResourceURLs("/metrics")
                .withVerbs("get")
                .build();

        assertThat(RbacReview.objections(rule)).hasSize(1);
    }

    private static PolicyRule rule(String group, String resource, String verb) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs("get", verb)
                .build();
    }
}
