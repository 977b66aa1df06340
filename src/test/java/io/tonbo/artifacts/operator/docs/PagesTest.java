package io.tonbo.artifacts.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Set<String> read = new TreeSet<>();
        for (String settings : List.of("OperatorSettings", "LogSettings", "TracingSettings")) {
            read.addAll(matches(
                    "\"" + VARIABLE + "\"",
                    text("src/main/java/io/tonbo/artifacts/operator/runtime/" + settings + ".java")));
        }
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
