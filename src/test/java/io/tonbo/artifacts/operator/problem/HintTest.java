package io.tonbo.artifacts.operator.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hints are for somebody holding kubectl: complete, without placeholders, and safe to paste. */
class HintTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[A-Za-z]+}");
    private static final Pattern COMMAND = Pattern.compile("`([^`]+)`");

    static Stream<Arguments> hints() {
        return ErrorCatalogue.load().rows().stream()
                .flatMap(row -> Stream.of(arguments(row, false), arguments(row, true)));
    }

    @ParameterizedTest
    @MethodSource("hints")
    void aHintWithEveryFactHasNoPlaceholderLeftAndFitsWhole(ErrorRow row, boolean shared) {
        String hint = Problem.of(row.type()).hint(typical(), shared);
        assertThat(PLACEHOLDER.matcher(hint).results()).isEmpty();
        assertThat(hint).doesNotEndWith("…").hasSizeLessThanOrEqualTo(Problem.MAX_HINT);
        assertThat(hint).as("our own words are not taken for credentials").doesNotContain("[redacted]");
    }

    @ParameterizedTest
    @MethodSource("hints")
    void aHintWithoutAnyFactStillReads(ErrorRow row, boolean shared) {
        String hint = Problem.of(row.type()).hint(Map.of(), shared);
        assertThat(PLACEHOLDER.matcher(hint).results()).isEmpty();
        assertThat(hint).doesNotContain("null", "  ").hasSizeLessThanOrEqualTo(Problem.MAX_HINT);
    }

    @ParameterizedTest
    @EnumSource
    void aHintSaysWhatToTypeOrWhatToEdit(ProblemType type) {
        ErrorRow row = ErrorCatalogue.load().row(type);
        assertThat(row.hint()).containsPattern("`(kubectl|artifacts|aws|AWS_REGION)|spec\\.");
        assertThat(row.hint().chars().filter(c -> c == '`').count() % 2).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void withTheSharedConnectionNoHintNamesASecretTheUserDoesNotHave(ProblemType type) {
        ErrorRow row = ErrorCatalogue.load().row(type);
        String hint = row.sharedConnectionHint() == null ? row.hint() : row.sharedConnectionHint();
        assertThat(HintTemplate.placeholders(hint)).doesNotContain("conn");
        // Whoever shares the operator's account cannot act on it with the CLI.
        assertThat(hint).doesNotContain("`artifacts ");
        if (row.sharedConnectionHint() != null) {
            assertThat(hint).contains("administrator of the operator");
        }
    }

    @Test
    void theSharedConnectionHasItsOwnHint() {
        Problem problem = Problem.of(ProblemType.UNAUTHORIZED);
        assertThat(problem.hint(typical(), false)).contains("Secret team-a/artifacts-token");
        assertThat(problem.hint(typical(), true))
                .contains("ARTIFACTS_TOKEN_FILE")
                .doesNotContain("artifacts-token");
    }

    @Test
    void beforeTheAddressIsKnownTheNameStandsInItsPlace() {
        Problem problem = Problem.of(ProblemType.WORKSPACE_EXISTS);
        Map<String, String> facts = new HashMap<>(typical());
        assertThat(problem.hint(facts, false)).startsWith("artifacts://acme/notes exists");
        facts.remove("address");
        assertThat(problem.hint(facts, false))
                .startsWith("notes exists")
                .contains("`artifacts workspace delete notes`");
        facts.remove("specName");
        assertThat(problem.hint(facts, false)).startsWith("my-notes exists");
    }

    @Test
    void factsOfTheObjectWinOverThoseOfTheProblem() {
        Problem problem = Problem.ofAnswer("internal_error", 500, "no").withRequestId("req-9");
        assertThat(problem.hint(Map.of(), false)).contains("request req-9");
        assertThat(problem.hint(Map.of("requestId", "req-1"), false))
                .contains("request req-1")
                .doesNotContain("req-9");
    }

    @Test
    void aValueIsNotExpandedAgain() {
        assertThat(HintTemplate.render("{message} {ns}", Map.of("message", "{ns} $1 \\2", "ns", "team")))
                .isEqualTo("{ns} $1 \\2 team");
    }

    @ParameterizedTest
    @MethodSource("hints")
    void noHintPrintsWhatASecretHolds(ErrorRow row, boolean shared) {
        String hint = Problem.of(row.type()).hint(typical(), shared);
        Pattern dump = Pattern.compile("(?i)get secret[^`]*-o (yaml|json)\\b(?!path)");
        assertThat(hint).doesNotContainPattern(dump);
    }

    /** Where its CRD is not installed, kubectl knows no such kind; the rows named here speak of one that is there. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "WORKSPACE_NO_LONGER_ACTIVE",
                "WORKSPACE_ABSENT",
                "WORKSPACE_TERMINATING",
                "SESSION_TOO_SHORT",
                "SUSPENDED",
                "IN_USE"
            })
    void noCommandForAWorkspaceNamesMountSessions(ProblemType type) {
        for (boolean shared : new boolean[] {false, true}) {
            assertThat(Problem.of(type).hint(typical(), shared)).doesNotContain("mountsessions");
        }
    }

    @Test
    void theSignatureHintReproducesTheRegion() {
        assertThat(Problem.of(ProblemType.BUCKET_SIGNATURE_MISMATCH).hint(typical(), false))
                .contains("`AWS_REGION=eu-west-1 aws s3 ls s3://acme-files/ --endpoint-url https://s3.example:9000`");
    }

    @Test
    void everyCommandIsOneAShellUnderstands(@TempDir Path dir) throws Exception {
        List<String> commands = commands(typical());
        assertThat(commands).hasSizeGreaterThan(60);
        assertThat(run(dir, "sh", "-n", commands)).isEmpty();
    }

    @Test
    void noFactCanSmuggleACommandIntoAShell(@TempDir Path dir) throws Exception {
        List<String> hostile =
                List.of("$(touch pwned)", "`touch pwned`", "'; touch pwned; '", "a\ntouch pwned\n", "a; touch pwned #");
        for (String value : hostile) {
            Map<String, String> facts = new HashMap<>();
            for (Fact fact : Fact.values()) {
                facts.put(fact.placeholder(), value);
            }
            List<String> commands = new ArrayList<>();
            for (String tool : List.of("kubectl", "artifacts", "aws", "curl", "helm")) {
                commands.add(tool + "() { :; }");
            }
            commands.addAll(commands(facts));
            run(dir, "sh", null, commands);
            assertThat(dir.resolve("pwned")).as(value).doesNotExist();
        }
    }

    /** Every command of every hint, filled with these facts. */
    private static List<String> commands(Map<String, String> facts) {
        List<String> commands = new ArrayList<>();
        hints().forEach(arguments -> {
            ErrorRow row = (ErrorRow) arguments.get()[0];
            String hint = Problem.of(row.type()).hint(facts, (boolean) arguments.get()[1]);
            Matcher matcher = COMMAND.matcher(hint);
            while (matcher.find()) {
                if (matcher.group(1).contains(" ")) {
                    commands.add(matcher.group(1));
                }
            }
        });
        return commands;
    }

    private static String run(Path dir, String shell, String option, List<String> lines)
            throws IOException, InterruptedException {
        Path script = Files.write(dir.resolve("script"), lines, StandardCharsets.UTF_8);
        List<String> command =
                option == null ? List.of(shell, script.toString()) : List.of(shell, option, script.toString());
        Process process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.createFile(dir.resolve("in" + System.nanoTime())).toFile()))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static Map<String, String> typical() {
        Map<String, String> facts = new HashMap<>();
        facts.put("ns", "team-a");
        facts.put("name", "my-notes");
        facts.put("resource", "workspaces.artifacts.tonbo.io");
        facts.put("ws", "my-notes");
        facts.put("conn", "artifacts-token");
        facts.put("exp", "2026-11-01T10:00:00Z");
        facts.put("chars", "12");
        facts.put("parts", "1");
        facts.put("flaw", "neither art_, tbo_ nor three parts");
        facts.put("specName", "notes");
        facts.put("address", "artifacts://acme/notes");
        facts.put("workspaceId", "0192f7c0-5a1e-7cc3-98d2-1f2f3c4d5e6f");
        facts.put("state", "pending_format");
        facts.put("existing", "active, bucket other-bucket, endpoint https://s3.example:9000, region auto");
        facts.put("diff", "bucket, region");
        facts.put("holder", "older-notes");
        facts.put("users", "train-1, train-2, train-3, train-4, train-5");
        facts.put("keys", "bucket-keys");
        facts.put("missing", "ARTIFACTS_S3_SECRET_ACCESS_KEY");
        facts.put("bucket", "acme-files");
        facts.put("endpoint", "https://s3.example:9000");
        facts.put("region", "eu-west-1");
        facts.put("volume", "ws-0192f7c05a1e");
        facts.put("op", "put objects");
        facts.put("tkind", "Secret");
        facts.put("target", "my-notes-session");
        facts.put("owner", "Helm release app");
        facts.put("granted", "30");
        facts.put("orchestratorUrl", "https://api.artifacts.example");
        facts.put("version", "0.1.0");
        facts.put("code", "some_code");
        facts.put("httpStatus", "422");
        facts.put("message", "storage.bucket is required");
        facts.put("requestId", "0192f7c0-5a1e-7cc3-98d2-1f2f3c4d5e70");
        facts.put("firstSeen", "2026-11-01T09:58:00Z");
        assertThat(facts).hasSameSizeAs(Fact.values());
        return facts;
    }
}
