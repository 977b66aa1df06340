package io.tonbo.artifacts.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiServerBackoffTest {
    private static final int WHAT_IS_MET_BY_CHANCE = 50;

    private final ApiServerBackoff backoff = new ApiServerBackoff();
    private final List<String> said = new ArrayList<>();

    private static KubernetesClientException answer(int code, String message) {
        return new KubernetesClientException(
                "Failure executing: PATCH at: https://10.0.0.1/apis",
                code,
                new StatusBuilder().withCode(code).withMessage(message).build());
    }

    private void meets(String codes) {
        for (String code : codes.split(" ", -1)) {
            if (code.equals("ok")) {
                backoff.succeeded();
            } else {
                backoff.failed(answer(Integer.parseInt(code), "no")).ifPresent(said::add);
            }
        }
    }

    @ParameterizedTest(name = "after {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            # answers                            | seconds to wait
            403                                  | 5
            422                                  | 5
            401                                  | 5
            404                                  | 5
            403 403                              | 10
            403 403 403                          | 20
            403 403 403 403 403 403              | 160
            403 403 403 403 403 403 403          | 300
            403 403 403 403 403 403 403 403 403  | 300
            0                                    | 1
            500                                  | 1
            503 503                              | 2
            503 503 503 503 503 503              | 32
            503 503 503 503 503 503 503          | 60
            503 503 503 503 503 503 503 503 503  | 60
            # Refusals that pass by themselves.
            408                                  | 1
            409                                  | 1
            429 429                              | 2
            # An answer of one kind neither forgets nor lengthens the other's wait.
            403 403 503                          | 1
            403 503 403                          | 10
            503 503 503 503 503 503 503 403      | 5
            403 422                              | 10
            # Getting through forgets both.
            403 403 ok 403                       | 5
            503 403 503 ok 503                   | 1
            """)
    void theWaitDoublesUpToItsBound(String answers, long seconds) {
        meets(answers);

        Duration longest = Duration.ofSeconds(seconds);
        for (int seed = 0; seed < WHAT_IS_MET_BY_CHANCE; seed++) {
            assertThat(backoff.next(new Random(seed)))
                    .isBetween(longest.multipliedBy(9).dividedBy(10), longest);
        }
    }

    @Test
    void thoseThatWaitTogetherDoNotComeBackTogether() {
        meets("403 403 403 403 403 403 403 403");
        Random random = new Random(7);

        assertThat(List.of(backoff.next(random), backoff.next(random), backoff.next(random)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "403, 1",
        "403 403 403 403, 1",
        "403 403 422 422, 2",
        "403 503 403, 3",
        "403 403 ok 403 403, 2",
        "ok, 0",
    })
    void aFailureIsSaidWhenItIsNew(String answers, int lines) {
        meets(answers);

        assertThat(said).hasSize(lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            403 | HTTP 403 | RBAC
            422 | HTTP 422 | CustomResourceDefinition
            404 | HTTP 404 | no
            503 | HTTP 503 | no
            0   | no answer | no
            """)
    void theLineSaysWhatToLookAt(int code, String status, String where) {
        meets(Integer.toString(code));

        assertThat(said).singleElement().asString().contains(status).contains(where);
    }

    @Test
    void whatTheApiServerSaysIsOneBoundedLine() {
        String message = "cannot patch resource \"workspaces/status\"\n\u001b[31mred " + "x".repeat(5000);

        String line = backoff.failed(answer(403, message)).orElseThrow();

        assertThat(line)
                .contains("cannot patch resource \"workspaces/status\" red xxx")
                .hasLineCount(1);
        assertThat(line.length()).isLessThan(1300);
    }

    @Test
    void anAnswerWithoutAStatusIsSaidToo() {
        KubernetesClientException lost = new KubernetesClientException("connection reset by 10.0.0.1");

        assertThat(backoff.failed(lost))
                .hasValueSatisfying(
                        line -> assertThat(line).contains("no answer").doesNotContain("null"));
    }
}
