package io.tonbo.artifacts.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** What the page makes of what a server tells it, in a real browser; what is told is made up here. */
class PageInBrowserIT extends ServedPage {
    private static final String TROUBLE = "bucket-not-found";

    private static Browser browser;
    private static ShownPage page;

    @BeforeAll
    static void openBrowser() {
        browser = Browser.start();
        page = new ShownPage(browser);
        browser.screen(1400, 900);
        browser.scheme("light");
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void isAtFirst() {
        state.set(showing(true, "idle", null, null));
    }

    private static PageState showing(boolean connected, String trouble, String obstacle, String error) {
        return new PageState(
                true,
                connected,
                List.of(),
                List.of(),
                List.of(),
                0,
                List.of(new PageState.SwitchLine(
                        TROUBLE,
                        "The bucket",
                        "BucketNotFound",
                        "Error",
                        "There is no such bucket.",
                        "It looks again.",
                        "The bucket is misspelt.",
                        "The bucket is corrected.",
                        "workspace/default/bucket-not-found",
                        trouble,
                        obstacle,
                        error)),
                List.of(new PageState.OtherLine(
                        "A defect", "InternalFault", "Something broke.", "No cause is known.")));
    }

    private void open(String fragment) {
        // The same address but for its fragment would not be loaded again.
        browser.run("location.replace('about:blank');");
        browser.open(server.url().resolve("/" + fragment));
        await().untilAsserted(() -> assertThat(page.connection()).isEqualTo("live"));
        await().untilAsserted(() -> assertThat(page.troubles()).containsExactly(TROUBLE));
    }

    private void told(PageState next) {
        state.set(next);
        feed.look();
    }

    private static WebElement button(String action) {
        return browser.driver().findElement(By.cssSelector("[data-action=" + action + "]"));
    }

    private static boolean isOff(String action) {
        return "true".equals(button(action).getDomAttribute("aria-disabled"));
    }

    @Test
    void anAddressThatNamesNothingShowsAll() {
        browser.run("location.replace('about:blank');");
        browser.open(server.url());
        browser.run("location.hash = '#%'; location.reload();");
        await().untilAsserted(() -> assertThat(page.connection()).isEqualTo("live"));
        assertThat(browser.run("return location.hash;")).isEqualTo("#%");
        assertThat(page.troubles()).containsExactly(TROUBLE);
    }

    @Test
    void aDoubleClickIsOneClick() {
        open("");
        page.click(List.of(TROUBLE, TROUBLE, TROUBLE), "provoke");
        await().untilAsserted(() -> assertThat(played).containsExactly("PROVOKE " + TROUBLE));
        told(showing(true, "provoked", null, null));
        await().until(() -> !isOff("mend"));
        page.click(List.of(TROUBLE, TROUBLE), "mend");
        await().untilAsserted(() -> assertThat(played).endsWith("MEND " + TROUBLE));
        told(showing(true, "mended", null, null));
        await().untilAsserted(() -> assertThat(page.state(TROUBLE)).isEqualTo("mended"));
        assertThat(isOff("mend")).isTrue();
        page.click(List.of(TROUBLE), "mend");
        await().until(() -> !isOff("clear"));
        assertThat(played).containsExactly("PROVOKE " + TROUBLE, "MEND " + TROUBLE);
    }

    @Test
    void whatFailedCanBeAskedForAgain() {
        open("");
        told(showing(true, "clearing", null, "its objects were still there"));
        await().untilAsserted(() -> assertThat(page.state(TROUBLE)).isEqualTo("clearing"));
        assertThat(browser.driver()
                        .findElement(By.cssSelector(".switch .error"))
                        .getText())
                .isEqualTo("its objects were still there");
        page.click(List.of(TROUBLE), "clear");
        await().untilAsserted(() -> assertThat(played).containsExactly("CLEAR " + TROUBLE));

        told(showing(true, "clearing", null, null));
        await().untilAsserted(() -> assertThat(isOff("clear") && isOff("provoke"))
                .as("while it is being cleared")
                .isTrue());
    }

    @Test
    void whatCannotBeProvokedIsListedWithItsReason() {
        open("");
        told(showing(true, "idle", "needs the real Kubernetes: -Dsandbox.kubernetes=real", null));
        await().untilAsserted(() -> assertThat(browser.driver()
                        .findElement(By.cssSelector("#switches"))
                        .getText())
                .contains("It needs the real Kubernetes: -Dsandbox.kubernetes=real"));
        assertThat(isOff("provoke")).isTrue();
        assertThat(browser.driver().findElement(By.id("others")).getText())
                .contains("InternalFault", "Something broke.", "No cause is known.");
    }

    @Test
    void isNotCalledLiveWhileTheServerItselfSeesNothingNew() {
        open("");
        told(showing(false, "idle", null, null));
        await().untilAsserted(
                        () -> assertThat(page.connection()).startsWith("the Kubernetes API is away; this is from "));
        told(showing(true, "idle", null, null));
        await().untilAsserted(() -> assertThat(page.connection()).isEqualTo("live"));
        told(null);
        await().untilAsserted(() -> assertThat(page.connection()).startsWith("not brought up to date; this is from "));
        assertThat(page.troubles()).as("what was known stays").containsExactly(TROUBLE);
        told(showing(true, "idle", null, null));
        await().untilAsserted(() -> assertThat(page.connection()).isEqualTo("live"));
    }

    /** A browser makes six connections to one server. */
    @Test
    void tabsInTheBackgroundTakeNoConnection() {
        String first = browser.driver().getWindowHandle();
        for (int tab = 0; tab < 7; tab++) {
            open("");
            browser.driver().switchTo().newWindow(WindowType.TAB);
        }
        open("");
        page.click(List.of(TROUBLE), "provoke");
        await().untilAsserted(() -> assertThat(played).containsExactly("PROVOKE " + TROUBLE));

        browser.driver().switchTo().window(first);
        told(showing(true, "provoked", null, null));
        await().untilAsserted(() -> assertThat(page.state(TROUBLE)).isEqualTo("provoked"));
        for (String tab : browser.driver().getWindowHandles()) {
            if (!tab.equals(first)) {
                browser.driver().switchTo().window(tab).close();
            }
        }
        browser.driver().switchTo().window(first);
    }
}
