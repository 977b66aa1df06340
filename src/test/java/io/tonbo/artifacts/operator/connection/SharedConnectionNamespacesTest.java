package io.tonbo.artifacts.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedConnectionNamespacesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null | team-a | false",
                "'' | team-a | false",
                "' , ,' | team-a | false",
                "team-a | team-a | true",
                "team-a | team-ab | false",
                "' team-a ,\tteam-b,' | team-b | true",
                "* | anything | true",
                "team-a,* | anything | true"
            })
    void a_namespace_is_allowed_by_name_or_by_a_star(String text, String namespace, boolean allowed) {
        assertThat(SharedConnectionNamespaces.parse(text).allows(namespace)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"team-*", "Team-A", "team_a", "a b", "-a", "*,team.*", "a;b"})
    void what_is_no_name_is_refused_by_name_rather_than_ignored(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedConnectionNamespaces.parse(text))
                .withMessageContaining("ARTIFACTS_SHARED_CONNECTION_NAMESPACES");
    }
}
