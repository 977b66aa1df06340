package io.tonbo.artifacts.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.sandbox.trouble.SandboxParts;
import io.tonbo.artifacts.sandbox.trouble.TroubleDesk;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the page looks in a real browser when it is full: an object for each row of the catalogue, with that row's words. */
class PageLookIT extends ServedPage {
    private static final String LONG_NAME = "a-name-that-is-rather-long-for-a-workspace";
    private static final ErrorCatalogue CATALOGUE = ErrorCatalogue.load();

    private static Browser browser;
    private static ShownPage page;

    @BeforeAll
    static void openBrowser() {
        browser = Browser.start();
        page = new ShownPage(browser);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        state.set(full());
        browser.screen(1400, 900);
        browser.scheme("light");
        browser.open(server.url());
        await().untilAsserted(
                        () -> assertThat(page.cards()).hasSize(CATALOGUE.rows().size()));
    }

    private static PageState full() {
        List<ErrorRow> rows = CATALOGUE.rows();
        try (TroubleDesk desk = new TroubleDesk(new SandboxParts(null, false, "default", null, null, null))) {
            DeskSwitches switches = new DeskSwitches(desk, "default");
            return new PageState(
                    true,
                    true,
                    IntStream.range(0, rows.size())
                            .mapToObj(index -> card(name(index), rows.get(index)))
                            .toList(),
                    IntStream.range(0, rows.size())
                            .mapToObj(index -> new PageState.EventLine(
                                    "event-" + index,
                                    START,
                                    true,
                                    object(index),
                                    rows.get(index).reason(),
                                    said(rows.get(index).hint()),
                                    index + 1))
                            .toList(),
                    IntStream.range(0, StateAssembly.LAST)
                            .mapToObj(PageLookIT::call)
                            .toList(),
                    10_000,
                    switches.lines().stream().map(PageLookIT::provoked).toList(),
                    switches.others());
        }
    }

    private static String name(int index) {
        return LONG_NAME + "-" + index;
    }

    private static String object(int index) {
        return "workspace/default/" + name(index);
    }

    /** What stands in braces is a name, and names may be long. */
    private static String said(String words) {
        return words.replaceAll("\\{[a-zA-Z]+}", LONG_NAME);
    }

    private static ObjectCard card(String name, ErrorRow row) {
        ObjectCard.Condition ready =
                new ObjectCard.Condition("Ready", "False", row.reason(), said(row.hint()), START.minusSeconds(90));
        ObjectCard.Renewal renewal = new ObjectCard.Renewal(
                "ses_01JB7Q4M8N2P6R0T3V5X7Z9B1D",
                START.minusSeconds(1800),
                START.plusSeconds(600),
                START.plusSeconds(1800),
                List.of(new ObjectCard.Previous("ses_01JB7Q4M8N2P6R0T3V5X7Z9B1C", START.plusSeconds(60))));
        return new ObjectCard(
                "workspace/default/" + name,
                "Workspace",
                "default",
                name,
                name,
                name,
                "acme",
                START.minus(Duration.ofDays(2)),
                ObjectCard.Standing.STALLED,
                "False",
                row.reason(),
                said(row.hint()),
                new ObjectCard.Trouble(
                        "some_code",
                        409,
                        row.reason(),
                        row.severity().text(),
                        said(row.meaning()),
                        said(row.hint()),
                        said(row.operatorDoes()),
                        "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                        START.minusSeconds(90)),
                new ObjectCard.NextStep("Tries again", START.plusSeconds(30), true, said(row.unblockedBy())),
                renewal,
                List.of(ready),
                List.of(
                        new ObjectCard.Fact("bucket", LONG_NAME),
                        new ObjectCard.Fact("endpoint", "https://" + LONG_NAME + ".example.com"),
                        new ObjectCard.Fact("observedGeneration", "3")));
    }

    private static PageState.CallLine call(int number) {
        return new PageState.CallLine(
                number,
                START,
                "POST",
                "/v1/workspaces/" + LONG_NAME + "/mount-sessions",
                "acme",
                LONG_NAME,
                number % 2 == 0 ? 201 : 409,
                number % 2 == 0 ? null : "metadata_acl_provisioning_failed",
                "7c9e6679-7425-40de-944b-e07fc1f90ae7");
    }

    /** Every other one, and what the sandbox itself could not do. */
    private static PageState.SwitchLine provoked(PageState.SwitchLine line) {
        boolean idle = line.id().length() % 2 == 0 || line.obstacle() != null;
        return new PageState.SwitchLine(
                line.id(),
                line.source(),
                line.reason(),
                line.severity(),
                line.meaning(),
                line.operatorDoes(),
                line.cause(),
                line.remedy(),
                object(0),
                idle ? "idle" : "provoked",
                line.obstacle(),
                idle ? null : "the Kubernetes API refused a step of the sandbox with HTTP 409");
    }

    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({"320, 700", "390, 844", "800, 600", "1199, 800", "1400, 900", "1600, 1000"})
    void nothingReachesOverTheEdge(int width, int height) {
        browser.screen(width, height);
        page.unfold();
        assertThat(page.overhang()).isLessThanOrEqualTo(0);
        assertThat(page.overTheEdge()).isEmpty();
        assertThat(browser.run("return document.documentElement.scrollHeight <= innerHeight;"))
                .as("on a desktop all parts are in sight, each with a scroll of its own")
                .isEqualTo(width >= 1200);
    }

    @ParameterizedTest
    @CsvSource({"light, 1400", "dark, 1400", "light, 390", "dark, 390"})
    void isAccessibleInBothSchemes(String scheme, int width) {
        browser.scheme(scheme);
        browser.screen(width, 900);
        // One object with all there is about it, and some rows: what is looked at is the same for the other sixty.
        page.show(object(0));
        page.search("secret");
        await().untilAsserted(() -> assertThat(page.cards()).hasSize(1));
        assertThat(page.states().values()).contains("idle", "provoked");
        assertThat(String.valueOf(browser.run("return getComputedStyle(document.body).backgroundColor;")))
                .isEqualTo(scheme.equals("dark") ? "rgb(13, 17, 23)" : "rgb(244, 246, 249)");
        assertThat(browser.console()).isEmpty();
        assertThat(page.violations()).isEmpty();
        // What axe says on the console is not the page's.
        browser.console();
    }

    @Test
    void aMovingPageIsStillForWhoeverAsksForThat() {
        assertThat(browser.run("return document.getAnimations().length;")).isEqualTo(0L);
        browser.moving();
        assertThat(browser.run("return document.getAnimations().length;")).isEqualTo(1L);
    }
}
