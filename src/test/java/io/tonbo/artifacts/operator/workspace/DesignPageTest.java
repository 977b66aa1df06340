package io.tonbo.artifacts.operator.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The design page has every row of the three tables, and no row that is not there. */
class DesignPageTest {
    private static final Path ROOT = ProjectRoot.find();

    @Test
    void namesTheRowsOfTheTables() throws IOException {
        Set<String> inCode =
                rows("src/main/java/io/tonbo/artifacts/operator/workspace/WorkspaceTable.java", "\"(W\\d+a?)\"");
        inCode.addAll(rows("src/main/java/io/tonbo/artifacts/operator/workspace/FormatTable.java", "\"(F\\d+)\""));
        inCode.addAll(
                rows("src/main/java/io/tonbo/artifacts/operator/mountsession/MountSessionTable.java", "\"(M\\d+a?)\""));
        assertThat(inCode).hasSizeGreaterThan(60);

        assertThat(rows("docs/design.md", "(?m)^\\| ([WFM]\\d+a?) \\|")).isEqualTo(inCode);
    }

    private static Set<String> rows(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
