package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.mountsession.MountSessionDecision.IssueReason;
import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operations page lists what the counter of sessions tells apart. */
class SessionCountersPageTest {
    @Test
    void everyReasonToOpenASessionIsOnThePage() throws IOException {
        String row = Files.readString(ProjectRoot.find().resolve("docs/operations.md"))
                .lines()
                .filter(line -> line.startsWith("| `artifacts_sessions_opened_total` |"))
                .findFirst()
                .orElseThrow();

        assertThat(Pattern.compile("`([a-z]+)`")
                        .matcher(row.split("by `reason`:", 2)[1])
                        .results())
                .extracting((MatchResult found) -> found.group(1))
                .containsExactlyInAnyOrderElementsOf(Stream.of(IssueReason.values())
                        .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
