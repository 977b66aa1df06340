package io.tonbo.artifacts.sandbox.page;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The live page as somebody in front of it finds it: what is read here is text that is rendered. */
final class ShownPage {
    private static final String READ =
            """
            const said = (element) => {
              if (element === null) { return null; }
              const copy = element.cloneNode(true);
              copy.querySelectorAll('button').forEach((each) => each.remove());
              return copy.textContent.replace(/\\s+/g, ' ').trim();
            };
            const read = (card) => ({
              id: card.dataset.id,
              chip: said(card.querySelector('.chip')),
              problem: card.dataset.problem ?? null,
              hint: said(card.querySelector('.hint-text')),
            });
            """;

    private static final String CARDS = READ + "return [...document.querySelectorAll('article.card')].map(read);";

    /**
     * From now on, so that what is shown only for a moment is found too, and of sixty cards only those that change. An event is
     * taken for a card that showed it: it stays longer than the state that it tells of.
     */
    private static final String WATCH = READ
            + """
            window.seen = [];
            const known = new Set();
            const note = (card) => {
              const text = JSON.stringify(card);
              if (!known.has(text)) { known.add(text); seen.push(card); }
            };
            const told = (event) => ({
              id: event.querySelector('a').getAttribute('href').slice(1),
              chip: 'Event ' + event.querySelector('b').textContent,
              problem: event.querySelector('b').textContent,
              hint: event.querySelector('.note').textContent.replace(/\\s+/g, ' ').trim(),
            });
            const changed = new Set();
            const look = () => {
              changed.forEach((each) => note(each.matches('li') ? told(each) : read(each)));
              changed.clear();
            };
            const around = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
            const take = (element) => {
              const each = element?.closest('article.card, #events li');
              if (each && !element.closest('.age, .next, .renewal')) {
                if (changed.size === 0) { setTimeout(look, 100); }
                changed.add(each);
              }
            };
            new MutationObserver((records) => records.forEach((record) => {
              take(around(record.target));
              record.addedNodes.forEach((node) => take(around(node)));
            })).observe(document.querySelector('main'), {childList: true, subtree: true, characterData: true});
            document.querySelectorAll('article.card, #events li').forEach(take);
            """;

    private final Browser browser;
    private final List<Card> seen = new ArrayList<>();

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

    /** All that cards and events have shown since {@link #watch()}. */
    List<Card> seen() {
        seen.addAll(cards(browser.run("return window.seen.slice(arguments[0]);", seen.size())));
        return seen;
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
        return states().get(trouble);
    }

    /** What the rows say of their states. */
    Map<String, String> states() {
        Map<String, String> states = new HashMap<>();
        ((Map<?, ?>)
                        browser.run(
                                """
                                return Object.fromEntries([...document.querySelectorAll('[data-trouble]')]
                                  .map((row) => [row.dataset.trouble, row.dataset.state]));
                                """))
                .forEach((trouble, state) -> states.put(String.valueOf(trouble), String.valueOf(state)));
        return states;
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

    /** Markup of what reaches over the right edge of the screen. */
    List<?> overTheEdge() {
        return (List<?>)
                browser.run(
                        """
                        return [...document.querySelectorAll('main *:not(.unseen):not(.unseen *)')]
                          .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
                          .map((each) => each.outerHTML.slice(0, 200));
                        """);
    }

    /** Unfolds every card. */
    void unfold() {
        browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; });");
    }

    /** Shows one object alone, or all for an empty text. */
    void show(String object) {
        browser.run("location.hash = arguments[0] === '' ? '' : '#' + arguments[0];", object);
    }

    /** Types into the search. */
    void search(String words) {
        browser.run(
                """
                const search = document.getElementById('search');
                search.value = arguments[0];
                search.dispatchEvent(new Event('input'));
                """,
                words);
    }

    /** What is said to whoever does not see the page. */
    String announced() {
        return String.valueOf(browser.run("return document.getElementById('said').textContent;"));
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
