package io.tonbo.artifacts.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** There is one version, and pom.xml has it. With {@code -Dartifacts.regenerate} the chart's is written first. */
class ChartVersionTest {
    private static final Pattern PROJECT =
            Pattern.compile("<artifactId>artifacts-operator</artifactId>\\s*<version>([^<]+)</version>");
    private static final String COMMAND = "./mvnw test -Dtest=ChartVersionTest -Dartifacts.regenerate";

    private final Path chart = ProjectRoot.find().resolve(Chart.DIRECTORY).resolve("Chart.yaml");

    @Test
    void theChartAndTheOperatorHaveTheProjectsVersion() throws IOException {
        Matcher project = PROJECT.matcher(Files.readString(ProjectRoot.find().resolve("pom.xml")));
        assertThat(project.find()).isTrue();
        String text = Files.readString(chart);
        String current = text.replaceAll("(?m)^(version|appVersion): .*", "$1: " + project.group(1));
        if (System.getProperty("artifacts.regenerate") != null) {
            Files.writeString(chart, current);
        }

        assertThat(chart)
                .as("run %s, and that of PlainManifestsIT", COMMAND)
                .hasContent(current)
                .content()
                .contains("\nversion: " + project.group(1) + "\n", "\nappVersion: " + project.group(1) + "\n");
    }
}
