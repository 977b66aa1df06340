package io.tonbo.artifacts.operator.telemetry;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tables of the operations page. */
final class OperationsPage {
    private OperationsPage() {}

    /** The keys of a line of the log, as the page has them. */
    static List<String> logKeys() throws IOException {
        return rows("## Logs")
                .map(row -> row.get(0))
                .flatMap(OperationsPage::quoted)
                .toList();
    }

    /** What stands in backticks. */
    static Stream<String> quoted(String cell) {
        return Pattern.compile("`([^`]+)`").matcher(cell).results().map((MatchResult found) -> found.group(1));
    }

    /** The rows of the tables in a section, without headings, each as its cells. */
    static Stream<List<String>> rows(String heading) throws IOException {
        String page = Files.readString(ProjectRoot.find().resolve("docs/operations.md"));
        String section =
                page.split("\\n" + Pattern.quote(heading) + "\\n", 2)[1].split("\\n## ", 2)[0];
        return section.lines().filter(line -> line.startsWith("| `")).map(line -> Arrays.stream(
                        line.substring(1).split("\\|", -1))
                .map(String::strip)
                .toList());
    }
}
