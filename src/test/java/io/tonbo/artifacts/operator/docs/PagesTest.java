package io.tonbo.artifacts.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages list by hand is what there is. */
class PagesTest {
    private static final String VARIABLE = "((?:ARTIFACTS|QUARKUS|POD)_[A-Z_]*[A-Z])";

    @Test
    void theReadmeFitsTwoScreens() throws IOException {
        assertThat(text("README.md").lines()).hasSizeLessThanOrEqualTo(95);
    }

    @Test
    void theReadmeShowsThePage() {
        assertThat(MarkdownPage.read(Pages.ROOT, Path.of("README.md")).destinations())
                .filteredOn(MarkdownPage.Destination::image)
                .extracting(MarkdownPage.Destination::target)
                .containsExactly("docs/page.png");
    }

    @Test
    void everyPictureOfTheDocumentationIsShownSomewhere() throws IOException {
        Set<Path> shown = Pages.all().stream()
                .flatMap(page -> page.destinations().stream()
                        .filter(MarkdownPage.Destination::image)
                        .map(image -> page.file().resolveSibling(image.target()).normalize()))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(Pages.ROOT.resolve("docs"))) {
            assertThat(files.filter(file -> file.toString().matches(".*\\.(png|svg|jpg)"))
                            .map(Pages.ROOT::relativize))
                    .isSubsetOf(shown);
        }
    }

    @Test
    void theConfigurationTableHasEveryVariableAndNoOther() throws IOException {
        Set<String> read = matches(
                "\"" + VARIABLE + "\"",
                text("src/main/java/io/tonbo/artifacts/operator/runtime/OperatorSettings.java"));
        read.addAll(matches("\\$\\{" + VARIABLE, text("src/main/resources/application.properties")));
        // Read by the framework itself.
        read.add("QUARKUS_HTTP_PORT");

        String rows = text("docs/install.md")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1)[1])
                .collect(Collectors.joining());
        assertThat(matches("`" + VARIABLE + "`", rows)).isEqualTo(read);
    }

    @Test
    void theSecurityPageSaysWhyOfEveryRule() throws IOException {
        Collection<?> manifests =
                (Collection<?>) new KubernetesSerialization().unmarshal(text("deploy/rbac/operator.yaml"));
        List<PolicyRule> rules = manifests.stream()
                .filter(ClusterRole.class::isInstance)
                .flatMap(role -> ((ClusterRole) role).getRules().stream())
                .toList();
        assertThat(rules).isNotEmpty();

        List<String> rows = text("docs/security.md")
                .lines()
                .filter(line -> line.startsWith("| `") && line.contains("`: "))
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        rules.stream().map(PagesTest::row).toList());
    }

    private static String row(PolicyRule rule) {
        return rule.getResources().stream().map(one -> "`" + one + "`").collect(Collectors.joining(", ")) + ": "
                + String.join(", ", rule.getVerbs());
    }

    private static String text(String file) throws IOException {
        return Files.readString(Pages.ROOT.resolve(file));
    }

    private static Set<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
