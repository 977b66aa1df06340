package io.tonbo.artifacts.operator.problem;

import io.tonbo.artifacts.sandbox.trouble.Subject;
import io.tonbo.artifacts.sandbox.trouble.Trouble;
import io.tonbo.artifacts.sandbox.trouble.Troubles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the reference page of all errors from the catalogue: an index, then a section for each reason. */
final class ErrorsPage {
    private static final String INTRODUCTION =
            """
            # Errors

            <!-- Made from src/main/resources/io/tonbo/artifacts/operator/problem/catalogue.yaml. Do not edit; after a change there run
                 ./mvnw -B -q test -Dtest=ErrorsPageTest -Dartifacts.docs.update=true -->

            Every problem the operator can meet, by the *reason* that `kubectl describe` shows in condition `Ready` (or `Renewed`) and in
            `status.lastError.reason`. The same text with your own names filled in is in `status.lastError.hint`:

            <!-- shown: concepts.md runs it, for the mistake in examples/wrong-bucket.yaml -->
            ```sh shown
            kubectl -n my-namespace get workspaces.artifacts.tonbo.io my-workspace -o jsonpath='{.status.lastError.hint}{"\\n"}'
            ```

            **Reconciling** means that the operator keeps working on it: wait. **Stalled** means that somebody must act; the operator
            still looks again from time to time, since what helps may happen outside the cluster. All waits are jittered, and an
            orchestrator's `Retry-After` is honoured up to 10 minutes. What was Ready stays Ready through an outage, and a mount session
            stays Ready as long as its published credential is valid: a renewal that fails shows in condition `Renewed` only.

            Most of them can be tried out: while `./mvnw -Psandbox` runs, a click on its page or the `curl` command below provokes
            one. In place of `/provoke`, `/mend` ends its cause and `/clear` deletes all that belongs to it. The sandbox says so if its
            page has another address.
            """;

    private ErrorsPage() {}

    /** The whole page; rows in the table's order, grouped by source and by reason. */
    static String of(List<ErrorRow> rows) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        index(page, rows);
        for (Source source : Source.values()) {
            page.append("\n## ").append(source.title()).append('\n');
            byReason(rows).values().stream()
                    .filter(group -> group.get(0).source() == source)
                    .forEach(group -> section(page, group));
        }
        facts(page);
        return page.toString();
    }

    private static Map<String, List<ErrorRow>> byReason(List<ErrorRow> rows) {
        return rows.stream().collect(Collectors.groupingBy(ErrorRow::reason, LinkedHashMap::new, Collectors.toList()));
    }

    private static void index(StringBuilder page, List<ErrorRow> rows) {
        page.append(
                "\n## Index\n\n| Reason | Code or symptom | Severity | State | In short |\n|---|---|---|---|---|\n");
        byReason(rows).forEach((reason, group) -> {
            for (ErrorRow row : group) {
                page.append("| [")
                        .append(reason)
                        .append("](#")
                        .append(anchor(reason))
                        .append(") | ");
                page.append(shortSign(row)).append(" | ");
                page.append(row.severity().text()).append(" | ");
                page.append(state(row)).append(" | ");
                page.append(firstSentence(row.meaning())).append(" |\n");
            }
        });
    }

    private static void section(StringBuilder page, List<ErrorRow> group) {
        page.append("\n### ").append(group.get(0).reason()).append('\n');
        for (int i = 0; i < group.size(); i++) {
            if (group.size() > 1) {
                page.append("\n**Case ")
                        .append(i + 1)
                        .append(" of ")
                        .append(group.size())
                        .append("**\n");
            }
            row(page, group.get(i));
        }
    }

    private static void row(StringBuilder page, ErrorRow row) {
        page.append('\n').append(row.meaning()).append("\n\n");
        for (String sign : signs(row)) {
            page.append("- Seen as: ").append(sign).append('\n');
        }
        page.append("- Severity: ").append(severity(row)).append('\n');
        page.append("- State: ").append(state(row)).append('\n');
        page.append("- The operator: ").append(row.operatorDoes()).append('\n');
        if (row.standing() != Standing.NEITHER) {
            page.append("- Tried again: ").append(retry(row.retry())).append('\n');
        }
        page.append("- Unblocked by: ").append(row.unblockedBy()).append("\n\n");
        page.append("What you do:\n\n> ").append(row.hint()).append('\n');
        if (row.sharedConnectionHint() != null) {
            page.append("\nWith the operator's shared connection (no `spec.connectionSecretRef`):\n\n> ")
                    .append(row.sharedConnectionHint())
                    .append('\n');
        }
        sandbox(page, row);
    }

    private static void sandbox(StringBuilder page, ErrorRow row) {
        String reason = Troubles.notProvokable().get(row.type());
        if (reason != null) {
            page.append("\nIn the sandbox it cannot be provoked. ")
                    .append(reason)
                    .append('\n');
            return;
        }
        Trouble trouble = Troubles.all().stream()
                .filter(each -> each.type() == row.type())
                .findFirst()
                .orElseThrow();
        String kind = trouble.subject() == Subject.WORKSPACE ? "Workspace" : "MountSession";
        page.append("\nIn the sandbox, ").append(kind).append(" `").append(trouble.id());
        page.append("` shows it:\n\n");
        page.append("- Provoked by: `").append(provoke(trouble)).append("`\n");
        page.append("- What that does: ").append(trouble.cause()).append('\n');
        page.append("- What ends it: ").append(trouble.remedy()).append('\n');
    }

    private static String provoke(Trouble trouble) {
        return "curl -X POST http://127.0.0.1:7700/api/troubles/" + trouble.id() + "/provoke";
    }

    private static void facts(StringBuilder page) {
        page.append("\n## Words in braces\n\nIn a status they are filled in.\n\n| Word | Stands for |\n|---|---|\n");
        for (Fact fact : Fact.values()) {
            page.append("| `{")
                    .append(fact.placeholder())
                    .append("}` | ")
                    .append(fact.meaning())
                    .append(" |\n");
        }
    }

    private static String shortSign(ErrorRow row) {
        List<String> signs = signs(row);
        return signs.isEmpty() ? "found by the operator" : signs.get(0);
    }

    /** How the problem shows: codes, statuses and texts, as Markdown. */
    private static List<String> signs(ErrorRow row) {
        List<String> signs = new ArrayList<>();
        if (!row.codes().isEmpty()) {
            String codes = row.codes().stream().map(code -> "`" + code + "`").collect(Collectors.joining(", "));
            String statuses = row.httpStatuses().stream().map(String::valueOf).collect(Collectors.joining(", "));
            signs.add((row.source().codeSpace() == Source.CodeSpace.BUCKET ? "S3 code " : "code ")
                    + codes
                    + (statuses.isEmpty() ? "" : " (HTTP " + statuses + ")"));
        }
        if (row.symptom() != null) {
            signs.add("“" + row.symptom() + "”");
        }
        addStatuses(signs, row.byStatus().always(), " with any code");
        addStatuses(signs, row.byStatus().whenCodeUnknown(), " with no known code");
        if (row.byStatus().otherwise()) {
            signs.add("any other answer");
        }
        return signs;
    }

    private static void addStatuses(List<String> signs, List<StatusRange> ranges, String suffix) {
        if (ranges.isEmpty()) {
            return;
        }
        String numbers = ranges.stream()
                .filter(range -> range.to() > 0)
                .map(StatusRange::toString)
                .collect(Collectors.joining(", "));
        boolean none = ranges.stream().anyMatch(range -> range.contains(0));
        signs.add("HTTP " + numbers + suffix + (none ? ", or no answer" : ""));
    }

    private static String severity(ErrorRow row) {
        Escalation escalation = row.escalation();
        if (escalation == null) {
            return row.severity().text();
        }
        List<String> bounds = new ArrayList<>();
        if (escalation.fromAttempt() != null) {
            bounds.add("from failure number " + escalation.fromAttempt());
        }
        if (escalation.after() != null) {
            bounds.add("after " + text(escalation.after()));
        }
        return "Warning; Error " + String.join(" or ", bounds);
    }

    private static String state(ErrorRow row) {
        return switch (row.standing()) {
            case RECONCILING -> "Reconciling";
            case STALLED -> "Stalled";
            case NEITHER -> "neither Reconciling nor Stalled";
            case GRACE -> "Reconciling for " + text(row.grace()) + ", then Stalled";
        };
    }

    private static String retry(RetryPolicy retry) {
        List<String> steps = new ArrayList<>();
        if (!retry.opening().isEmpty()) {
            steps.add(opening(retry.opening()));
        }
        steps.add(backoff(retry.first(), retry.cap()));
        if (retry.later() != null) {
            steps.add("after " + text(retry.later().after()) + ": "
                    + backoff(retry.later().first(), retry.later().cap()));
        }
        return String.join("; then ", steps);
    }

    private static String opening(List<Duration> delays) {
        if (delays.size() > 1 && delays.stream().allMatch(Duration::isZero)) {
            return delays.size() + " times at once";
        }
        return delays.stream()
                .map(delay -> delay.isZero() ? "at once" : "after " + text(delay))
                .collect(Collectors.joining(", "));
    }

    private static String backoff(Duration first, Duration cap) {
        return first.equals(cap)
                ? "every " + text(cap)
                : "with pauses that grow from " + text(first) + " to " + text(cap);
    }

    private static String text(Duration duration) {
        boolean wholeMinutes = duration.toSeconds() > 120 && duration.toSeconds() % 60 == 0;
        return wholeMinutes ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static String anchor(String reason) {
        return reason.toLowerCase(Locale.ROOT);
    }
}
