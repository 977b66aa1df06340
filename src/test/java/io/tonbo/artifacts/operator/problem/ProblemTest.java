package io.tonbo.artifacts.operator.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    @Test
    void aProblemFoundByTheOperatorExplainsItself() {
        Problem problem = Problem.of(ProblemType.CONNECTION_SECRET_MISSING);
        assertThat(problem.code()).isEqualTo("connection_secret_missing");
        assertThat(problem.message()).isEqualTo(problem.row().meaning());
        assertThat(problem.httpStatus()).isNull();
        assertThat(problem.requestId()).isNull();
        assertThat(problem.row().reference()).isEqualTo("docs/errors.md#connectionsecretmissing");
    }

    @Test
    void anAnswerKeepsItsCodeStatusAndMessage() {
        Problem problem = Problem.ofAnswer("invalid_request", 422, "storage.bucket is required")
                .withRequestId("req-1")
                .withRetryAfter(Duration.ofSeconds(3));
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.code()).isEqualTo("invalid_request");
        assertThat(problem.httpStatus()).isEqualTo(422);
        assertThat(problem.requestId()).isEqualTo("req-1");
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(problem.hint(Map.of("ns", "team", "name", "ws", "resource", "workspaces.artifacts.tonbo.io"), false))
                .contains("storage.bucket is required", "`kubectl -n team edit workspaces.artifacts.tonbo.io ws`");
    }

    @Test
    void aBucketsAnswerKeepsOnlyItsCode() {
        Problem problem = Problem.ofBucket("NoSuchBucket", 404, "list");
        assertThat(problem.type()).isEqualTo(ProblemType.BUCKET_NOT_FOUND);
        assertThat(problem.code()).isEqualTo("NoSuchBucket");
        assertThat(problem.message()).isEqualTo(problem.row().meaning());
        // Anything but a code could carry an answer's body out of a private network.
        assertThat(Problem.ofBucket("<html>root:x:0:0", 400, "list").code()).isEqualTo("object_storage_test_failed");
        assertThat(Problem.ofBucket("A".repeat(65), 400, "list").code()).isEqualTo("object_storage_test_failed");
        assertThat(Problem.ofBucket(null, 0, null).code()).isEqualTo("object_storage_unavailable");
    }

    @Test
    void aHintSaysPlainlyThatAnAnswerHadNoCode() {
        assertThat(Problem.ofAnswer(null, 418, null).hint(Map.of(), false)).contains("code none, HTTP status 418");
        assertThat(Problem.ofAnswer("tenant_exists", 409, null).hint(Map.of(), false))
                .contains("code tenant_exists,");
    }

    @Test
    void everyTextIsBounded() {
        String huge = "x".repeat(3_000_000);
        Problem problem = Problem.ofAnswer(huge, 422, huge).withRequestId(huge);
        assertThat(problem.code()).hasSize(Problem.MAX_CODE).endsWith("…");
        assertThat(problem.message()).hasSize(Problem.MAX_MESSAGE).endsWith("…");
        assertThat(problem.requestId()).hasSize(Problem.MAX_REQUEST_ID);
        Map<String, String> facts = new HashMap<>();
        for (Fact fact : Fact.values()) {
            facts.put(fact.placeholder(), huge);
        }
        for (ErrorRow row : ErrorCatalogue.load().rows()) {
            assertThat(Problem.of(row.type()).hint(facts, true)).hasSizeLessThanOrEqualTo(Problem.MAX_HINT);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    one\\ntwo\\r\\nthree       | one two three
                    \\u001b[31mred\\u001b[0m   | red
                    \\u001b]0;title\\u0007text | text
                    \\u009b31mred              | red
                    tab\\there                 | tab here
                    nul\\u0000byte             | nul byte
                    safe\\u202etxt.exe         | safe txt.exe
                    zero\\u200bwidth           | zero width
                    half\\ud83dpair            | half pair
                    line\\u2028break           | line break
                    whole \\ud83d\\ude00 pair  | whole \\ud83d\\ude00 pair
                    """)
    void everyMessageIsOnePrintableLine(String raw, String shown) {
        Problem problem = Problem.of(ProblemType.INTERNAL_ERROR).withMessage(unescaped(raw));
        assertThat(problem.message()).isEqualTo(unescaped(shown));
    }

    @Test
    void aCutNeverLeavesHalfACharacter() {
        for (int length = Problem.MAX_MESSAGE - 3; length < Problem.MAX_MESSAGE + 3; length++) {
            String message = Problem.of(ProblemType.INTERNAL_ERROR)
                    .withMessage("x".repeat(length) + "😀😀😀")
                    .message();
            assertThat(message.length()).isLessThanOrEqualTo(Problem.MAX_MESSAGE);
            assertThat(message.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                    .isTrue();
        }
    }

    @Test
    void anyGarbageMakesAProblemThatCanBeStored() {
        Random random = new Random(99);
        for (int i = 0; i < 3_000; i++) {
            String garbage = random.ints(random.nextInt(300), 0, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            Problem problem =
                    Problem.ofAnswer(garbage, random.nextInt(600), garbage).withRequestId(garbage);
            for (String text : new String[] {problem.code(), problem.message(), problem.hint(Map.of(), false)}) {
                assertThat(text).isNotBlank();
                assertThat(text.codePoints().noneMatch(Character::isISOControl)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token art_PLANTEDsecret was revoked",
                "key tbo_PLANTED-secret is unknown",
                "Authorization: Bearer PLANTEDsecret refused",
                "invalid header value: \"Bearer art_PLANTEDsecret\\n\"",
                "JWT eyJPLANTEDabc.eyJPLANTED0.PLANTED-sig has expired",
                "cannot reach rediss://sess:PLANTED@redis.example:6379/0",
                "cannot reach redis://:PLANTED@x:6379",
                "redis://user:PLAN/TED@PLANTED@redis.example:6379/0 is not a URL"
            })
    void aServerThatEchoesACredentialDoesNotGetItIntoStatus(String message) {
        Problem problem = Problem.ofAnswer(message, 422, message)
                .withRequestId(message)
                .with(Fact.EXISTING, message)
                .with(Fact.DIFFERENCES, message);
        String everything = problem.code()
                + problem.message()
                + problem.requestId()
                + problem.hint(Map.of("existing", message, "message", message), false)
                + problem;
        assertThat(everything).doesNotContain("PLANTED", "PLAN/TED").contains("[redacted]");
    }

    @Test
    void ordinaryTextIsNotTakenForACredential() {
        String text =
                "start_time of artifacts://handle/name at https://s3.example:9000/b, art_… or tbo_…, bearer token, "
                        + "secret generic tonbo-bearer --from-file=token=./token and bearer --dry-run=client";
        assertThat(Problem.of(ProblemType.INTERNAL_ERROR).withMessage(text).message())
                .isEqualTo(text);
    }

    @Test
    void onlyKnownFactsAreCarried() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Problem(ProblemType.FORBIDDEN, null, null, null, Map.of("token", "art_secret"), null, null))
                .withMessage("'token' is no fact a problem may carry");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problem.of(ProblemType.FORBIDDEN).hint(Map.of("token", "art_secret"), false))
                .withMessage("'token' is no fact a problem may carry");
        assertThatNullPointerException().isThrownBy(() -> Problem.of(null)).withMessage("a problem needs a type");
    }

    @Test
    void aProblemIsAValue() {
        Problem problem = Problem.of(ProblemType.FORBIDDEN);
        assertThat(problem.with(Fact.STATE, "active")).isNotEqualTo(problem);
        assertThat(problem.with(Fact.STATE, "active").with(Fact.STATE, " ")).isEqualTo(problem);
        assertThat(problem.with(Fact.STATE, null)).isEqualTo(problem);
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .transform(ProblemTest::unicode);
    }

    private static String unicode(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\u", i)) {
                out.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
