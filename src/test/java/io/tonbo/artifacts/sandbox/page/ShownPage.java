package io.tonbo.artifacts.sandbox.page;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The live page as somebody in front of it finds it: what is read here is text that is rendered. */
final class ShownPage {
    private static final String CARDS =
            """
            const said = (element) => {
              if (element === null) { return null; }
              const copy = element.cloneNode(true);
              copy.querySelectorAll('button').forEach((each) => each.remove());
              return copy.textContent.replace(/\\s+/g, ' ').trim();
            };
            return [...document.querySelectorAll('article.card')].map((card) => ({
              id: card.dataset.id,
              chip: said(card.querySelector('.chip')),
              problem: card.dataset.problem ?? null,
              hint: said(card.querySelector('.hint-text')),
            }));
            """;

    /** From now on, so that what is shown only for a moment is found too. */
    private static final String WATCH =
            """
            window.seen = new Map();
            const look = () => (() => { %s })().forEach((card) => seen.set(JSON.stringify(card), card));
            let due = false;
            new MutationObserver(() => {
              if (!due) {
                due = true;
                setTimeout(() => { due = false; look(); }, 100);
              }
            }).observe(document.querySelector('.cards'), {childList: true, subtree: true, characterData: true});
            look();
            """
                    .formatted(CARDS);

    private final Browser browser;

    ShownPage(Browser browser) {
        this.browser = browser;
    }

    /**
     * A card at a moment.
     *
     * @param id of the object
     * @param chip the state in words
     * @param problem the reason of what is in the way, null if nothing is
     * @param hint what to do, null for nothing
     */
    record Card(String id, String chip, String problem, String hint) {}

    /** Remembers every state that a card shows from now on. */
    void watch() {
        browser.run(WATCH);
    }

    /** All that was shown since {@link #watch()}. */
    List<Card> seen() {
        return cards(browser.run("return [...window.seen.values()];"));
    }

    /** What the events on the page tell, each as a card that showed it: an event stays, a state may pass in a moment. */
    List<Card> told() {
        return cards(
                browser.run(
                        """
                        return [...document.querySelectorAll('#events li')].map((event) => ({
                          id: event.querySelector('a').getAttribute('href').slice(1),
                          chip: 'Event ' + event.querySelector('b').textContent,
                          problem: event.querySelector('b').textContent,
                          hint: event.querySelector('.note').textContent.replace(/\\s+/g, ' ').trim(),
                        }));
                        """));
    }

    /** What is shown now, by id. */
    Map<String, Card> cards() {
        Map<String, Card> byId = new HashMap<>();
        cards(browser.run(CARDS)).forEach(card -> byId.put(card.id(), card));
        return byId;
    }

    private static List<Card> cards(Object found) {
        return ((List<?>) found)
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .map(each -> new Card(
                                text(each.get("id")),
                                text(each.get("chip")),
                                text(each.get("problem")),
                                text(each.get("hint"))))
                        .toList();
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    /** The troubles that are listed, in order. */
    List<String> troubles() {
        return ((List<?>) browser.run(
                        "return [...document.querySelectorAll('[data-trouble]')].map((row) => row.dataset.trouble);"))
                .stream().map(String::valueOf).toList();
    }

    /** Clicks the button of each of these troubles' rows. */
    void click(List<String> troubles, String action) {
        browser.run(
                """
                arguments[0].forEach((id) => {
                  const button = document.querySelector(`[data-trouble="${id}"] [data-action="${arguments[1]}"]`);
                  button.scrollIntoView({block: 'center', behavior: 'instant'});
                  button.click();
                });
                """,
                troubles,
                action);
    }

    /** What a row says of its state. */
    String state(String trouble) {
        return String.valueOf(browser.run(
                "return document.querySelector(`[data-trouble=\"${arguments[0]}\"]`)?.dataset.state;", trouble));
    }

    /** What the header says of the connection. */
    String connection() {
        return String.valueOf(browser.run("return document.getElementById('connection')?.textContent.trim();"));
    }

    /** How far the page is wider than the screen, in pixels. */
    long overhang() {
        return (Long)
                browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth;");
    }

    /** What axe finds wrong with the page for whoever cannot see, hear or point, in words. */
    List<String> violations() {
        browser.run(new String(WebJar.of("axe-core").read("axe.min.js"), StandardCharsets.UTF_8));
        return ((List<?>)
                        browser.driver()
                                .executeAsyncScript(
                                        """
                                const done = arguments[arguments.length - 1];
                                axe.run(document, {resultTypes: ['violations']}).then((found) => done(found.violations.map(
                                  (each) => `${each.id}: ${each.help}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 150))}`)));
                                """))
                .stream().map(String::valueOf).toList();
    }

    /** The page as it stands, markup included. */
    String markup() {
        return String.valueOf(browser.run("return document.documentElement.outerHTML;"));
    }
}
