package io.tonbo.artifacts.sandbox.page;

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

    /** Clicks a button of a trouble's row, as a mouse would. */
    void click(String trouble, String action) {
        browser.run(
                """
                const button = document.querySelector(`[data-trouble="${arguments[0]}"] [data-action="${arguments[1]}"]`);
                button.scrollIntoView({block: 'center', behavior: 'instant'});
                button.click();
                """,
                trouble,
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

    /** The page as it stands, markup included. */
    String markup() {
        return String.valueOf(browser.run("return document.documentElement.outerHTML;"));
    }
}
