package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeCallTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/apis/artifacts.tonbo.io/v1alpha1/namespaces/a/workspaces/w/status, artifacts.tonbo.io a workspaces w status",
                "/apis/artifacts.tonbo.io/v1alpha1/namespaces/a/workspaces/w, artifacts.tonbo.io a workspaces w ''",
                "/apis/artifacts.tonbo.io/v1alpha1/namespaces/a/workspaces, artifacts.tonbo.io a workspaces '' ''",
                "/apis/artifacts.tonbo.io/v1alpha1/workspaces, artifacts.tonbo.io '' workspaces '' ''",
                "/api/v1/namespaces/a/secrets/s, '' a secrets s ''",
                "/api/v1/namespaces/a, '' '' namespaces a ''",
                "/api/v1/namespaces, '' '' namespaces '' ''",
                "/api/v1/namespaces/a/finalize, '' '' namespaces a finalize",
                "/api/v1/namespaces/a/status, '' '' namespaces a status",
                "/apis/events.k8s.io/v1/namespaces/a/events, events.k8s.io a events '' ''",
                "/readyz, '' '' '' '' ''",
            })
    void partsOfThePath(String path, String parts) {
        KubeCall call = KubeCall.parse("PATCH", path);
        assertThat(String.join(
                        " ",
                        quoted(call.group()),
                        quoted(call.namespace()),
                        quoted(call.resource()),
                        quoted(call.name()),
                        quoted(call.subresource())))
                .isEqualTo(parts);
    }

    @ParameterizedTest
    @CsvSource({"GET, false", "POST, true", "PUT, true", "PATCH, true", "DELETE, true", "HEAD, false"})
    void writesByMethod(String method, boolean write) {
        assertThat(KubeCall.parse(method, "/api/v1/namespaces").isWrite()).isEqualTo(write);
    }

    private static String quoted(String part) {
        return part.isEmpty() ? "''" : part;
    }
}
