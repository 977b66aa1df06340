package io.tonbo.artifacts.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tonbo.artifacts.sandbox.trouble.Ending;
import io.tonbo.artifacts.sandbox.trouble.State;
import io.tonbo.artifacts.sandbox.trouble.Trouble;
import io.tonbo.artifacts.sandbox.trouble.Troubles;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/**
 * The live page in a real browser, before a real Kubernetes API and a real operator: each trouble clicked, its reason and hint
 * seen, mended, and seen to be Ready.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LivePageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static Browser browser;
    private static PageStage stage;
    private static ShownPage page;

    @BeforeAll
    static void open() {
        browser = Browser.start();
        stage = new PageStage();
        page = new ShownPage(browser);
        browser.screen(1400, 900);
        // What moves without end is drawn without end.
        browser.scheme("light");
        browser.open(stage.url());
        await().untilAsserted(() -> assertThat(page.connection()).isEqualTo("live"));
        // A page that is loaded again forgets this.
        browser.run("window.sameDocument = true; performance.setResourceTimingBufferSize(10000);");
        page.watch();
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private static List<Trouble> troubles() {
        return stage.desk().troubles();
    }

    @Test
    @Order(1)
    void listsExactlyWhatCanBeProvoked() {
        assertThat(page.troubles())
                .isEqualTo(troubles().stream().map(Trouble::id).toList());
        assertThat(browser.driver().findElements(By.cssSelector("[data-trouble] [data-action]")))
                .hasSize(troubles().size());
        assertThat(browser.driver().findElement(By.id("others")).getText())
                .contains("DeletionBlocked")
                .contains(Troubles.notProvokable().values());
    }

    @Test
    @Order(2)
    void aTroubleIsFoundProvokedLookedAtAndLeftWithTheKeyboardAlone() {
        browser.tabTo("search").sendKeys("bucket-not-found");
        await().untilAsserted(() -> assertThat(page.troubles()).containsExactly("bucket-not-found"));
        browser.press(Keys.TAB);
        assertThat(browser.focused().getText()).startsWith("Provoke");
        browser.press(Keys.ENTER);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(page.cards().values())
                .extracting(ShownPage.Card::problem)
                .contains("BucketNotFound"));
        await().untilAsserted(() -> assertThat(browser.focused().getText())
                .as("the focus stays where it was")
                .startsWith("Provoke again"));
        assertThat(page.cards().get(object("bucket-not-found")).chip()).isEqualTo("✕ Not ready BucketNotFound");

        // The link stands before the row's buttons.
        browser.press(Keys.chord(Keys.SHIFT, Keys.TAB));
        browser.press(Keys.ENTER);
        await().untilAsserted(
                        () -> assertThat(browser.driver().getCurrentUrl()).endsWith("#" + object("bucket-not-found")));
        assertThat(browser.driver().findElements(By.cssSelector("article.focused")))
                .hasSize(1);

        browser.driver().findElement(By.id("search")).clear();
        browser.driver().findElement(By.id("search")).sendKeys(" ", Keys.BACK_SPACE);
        browser.driver().navigate().back();
        await().untilAsserted(() -> assertThat(page.troubles()).hasSameSizeAs(troubles()));
    }

    private static String object(String trouble) {
        return troubles().stream()
                .filter(each -> each.id().equals(trouble))
                .map(stage::object)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(3)
    void everyTroubleIsProvokedByAClickAndItsReasonAndHintAreSeen() {
        page.click(
                troubles().stream()
                        .map(Trouble::id)
                        .filter(id -> stage.desk().states().get(id) == State.IDLE)
                        .toList(),
                "provoke");

        Set<Trouble> unseen = new LinkedHashSet<>(troubles());
        await().atMost(PATIENCE).pollInterval(LOOK).untilAsserted(() -> {
            List<ShownPage.Card> seen = page.seen();
            unseen.removeIf(trouble -> isSeen(trouble, seen));
            assertThat(unseen).isEmpty();
        });
        assertThat(page.states().values()).containsOnly("provoked");
    }

    private static boolean isSeen(Trouble trouble, List<ShownPage.Card> seen) {
        Set<String> hints = stage.hints(trouble);
        return seen.stream()
                .anyMatch(card -> card.id().equals(stage.object(trouble))
                        && card.chip().endsWith(" " + trouble.row().reason())
                        && trouble.row().reason().equals(card.problem())
                        && hints.stream().anyMatch(String.valueOf(card.hint())::startsWith));
    }

    @Test
    @Order(7)
    void showsTheCallsWithTheirCodesAndTheEvents() {
        String calls = browser.driver().findElement(By.id("calls")).getText();
        assertThat(calls).contains("/workspaces", "200");
        assertThat(browser.driver().findElements(By.cssSelector("#calls code.code")))
                .isNotEmpty();
        assertThat(browser.driver().findElement(By.id("events")).getText()).contains("Warning", "artifacts");
        // Of what is shown the oldest goes when something new comes.
        assertThat(page.seen()).extracting(ShownPage.Card::chip).contains("Event BucketNotFound");
    }

    @Test
    @Order(8)
    void anAddressCanNameOneObjectAlone() {
        String object = object("mount-target-in-use");
        page.show(object);
        await().untilAsserted(() -> assertThat(page.cards().keySet())
                .containsExactlyInAnyOrder(object, object.replace("mountsession/", "workspace/")));
        assertThat(browser.driver().findElements(By.cssSelector("#events li p:first-child a")))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(link.getDomAttribute("href")).isEqualTo("#" + object));
        page.show("");
        await().untilAsserted(() -> assertThat(page.cards()).hasSizeGreaterThan(20));
    }

    @Test
    @Order(9)
    void everyTroubleIsMendedByAClickAndSeenToBeOver() {
        page.click(troubles().stream().map(Trouble::id).toList(), "mend");

        await().atMost(PATIENCE).pollInterval(LOOK).untilAsserted(() -> {
            Map<String, ShownPage.Card> cards = page.cards();
            assertThat(troubles().stream()
                            .map(trouble -> Map.entry(trouble, String.valueOf(cards.get(stage.object(trouble)))))
                            .filter(each -> !isOver(each.getKey(), cards.get(stage.object(each.getKey())))))
                    .isEmpty();
        });
        assertThat(page.states().values()).containsOnly("mended");
    }

    private static boolean isOver(Trouble trouble, ShownPage.Card card) {
        if (trouble.ending() == Ending.GONE) {
            return card == null;
        }
        return card != null && card.chip().startsWith("✓ Ready ") && card.problem() == null;
    }

    @Test
    @Order(10)
    void noneOfItShowsACredential() {
        Set<String> secrets = stage.secrets();
        assertThat(secrets).hasSizeGreaterThan(troubles().size());

        List<String> places = new ArrayList<>(List.of(page.markup()));
        places.add(String.valueOf(browser.run("return fetch('/api/state').then((answer) => answer.text());")));
        places.add(page.seen().toString());

        assertThat(places.get(1)).contains("\"objects\":[{");
        assertThat(secrets.stream().filter(secret -> places.stream().anyMatch(place -> place.contains(secret))))
                .as("how many credentials are shown")
                .hasSize(0);
    }

    @Test
    @Order(11)
    void itWasOnePageAllAlongThatComplainedOfNothing() {
        assertThat(browser.run("return window.sameDocument;")).isEqualTo(true);
        assertThat(browser.console()).isEmpty();
        assertThat((List<?>) browser.run(
                        "return performance.getEntriesByType('resource').map((each) => new URL(each.name).origin);"))
                .isNotEmpty()
                .allMatch(origin -> origin.equals(browser.run("return location.origin;")));
    }

    @Test
    @Order(11)
    void nothingIsAskedOfAnyOtherServer() {
        try (Browser visitor = Browser.startRecording()) {
            ShownPage visited = new ShownPage(visitor);
            visitor.open(stage.url().resolve("#" + object("bucket-not-found")));
            await().untilAsserted(() -> assertThat(visited.cards()).containsKey(object("bucket-not-found")));
            visited.click(List.of("token-expired"), "clear");
            await().untilAsserted(
                            () -> assertThat(visited.state("token-expired")).isNotEqualTo("mended"));
            visited.unfold();

            String own = stage.url().toString();
            assertThat(visitor.requested())
                    .contains(own + "app.js", own + "events", own + "api/troubles/token-expired/clear")
                    .as("beside the page that a browser itself begins with")
                    .allMatch(url -> url.startsWith(own) || url.startsWith("data:") || url.startsWith("chrome:"));
        }
    }

    @Test
    @Order(12)
    void comesBackByItselfWhenTheServerDoes() {
        URI url = stage.url();
        stage.stopServing();
        await().untilAsserted(() -> assertThat(page.connection()).startsWith("reconnecting; this is from "));
        assertThat(page.cards()).as("what was known stays").isNotEmpty();
        assertThat(page.announced()).isEqualTo("The connection to the sandbox is interrupted.");
        page.click(List.of("forbidden"), "clear");
        await().untilAsserted(() -> assertThat(browser.driver()
                        .findElement(By.cssSelector("[role=alert]"))
                        .getText())
                .isEqualTo("The sandbox does not answer. Is it still running?"));

        stage.desk().clear("bucket-not-found");
        stage.serveAgain(url);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(page.connection()).isEqualTo("live");
            assertThat(page.state("bucket-not-found")).isEqualTo("idle");
        });
        assertThat(page.cards()).doesNotContainKey(object("bucket-not-found"));
        assertThat(browser.run("return window.sameDocument;")).isEqualTo(true);
    }

    @Test
    @Order(13)
    void everythingIsClearedAtOnce() {
        browser.run("document.getElementById('switches').scrollTop = 0;");
        browser.driver().findElement(By.id("clear-all")).click();
        await().atMost(PATIENCE).pollInterval(LOOK).untilAsserted(() -> assertThat(
                        page.states().values())
                .as(() -> String.valueOf(browser.run(
                        "return [...document.querySelectorAll('.switch .error')].map((each) => each.textContent);")))
                .containsOnly("idle"));
        await().untilAsserted(() -> assertThat(page.cards()).isEmpty());
    }
}
