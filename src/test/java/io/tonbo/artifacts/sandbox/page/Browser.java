package io.tonbo.artifacts.sandbox.page;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with a profile of its own, that resolves no name and so can ask nobody but this machine. */
final class Browser implements AutoCloseable {
    private static final String MISSING =
            "this test needs Chromium and its driver: apt-get install chromium chromium-driver";

    /** Its remark that it has no protocol of this very version is of no use: what is used here is in every version. */
    private static final Logger TALK = Logger.getLogger("org.openqa.selenium");

    private final Path profile;
    private final ChromeDriver driver;

    private Browser(Path chromium, Path chromedriver, boolean recording) {
        try {
            profile = Files.createTempDirectory("page-browser");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TALK.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        if (recording) {
            logs.enable(LogType.PERFORMANCE, Level.ALL);
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--user-data-dir=" + profile);
        // The path is said, so that nothing looks for a driver elsewhere.
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    /**
     * @return a browser; where there is none the test is aborted, in CI it fails
     */
    static Browser start() {
        return start(false);
    }

    /**
     * @return one that records its requests, with all that comes in answer to them: for a short visit
     */
    static Browser startRecording() {
        return start(true);
    }

    private static Browser start(boolean recording) {
        Optional<Path> chromium = find("chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromedriver = find("chromedriver");
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            if ("true".equals(System.getenv("CI"))) {
                fail(MISSING);
            }
            Assumptions.abort(MISSING);
        }
        return new Browser(chromium.orElseThrow(), chromedriver.orElseThrow(), recording);
    }

    private static Optional<Path> find(String... names) {
        List<String> directories = List.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator));
        return Stream.of(names)
                .flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    ChromeDriver driver() {
        return driver;
    }

    void open(URI url) {
        driver.get(url.toString());
    }

    /** What a script returns. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Goes from one control to the next until it is that one. */
    WebElement tabTo(String id) {
        run("document.activeElement.blur();");
        for (int i = 0; i < 20; i++) {
            press(Keys.TAB);
            if (id.equals(focused().getDomAttribute("id"))) {
                return focused();
            }
        }
        throw new AssertionError("the keyboard does not get to " + id);
    }

    void press(CharSequence keys) {
        focused().sendKeys(keys);
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** A screen of that size, in CSS pixels; the window itself cannot be as narrow as a phone. */
    void screen(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the system prefers: light or dark, and no motion. */
    void scheme(String scheme) {
        prefer(scheme, "reduce");
    }

    /** Whoever asks for no less motion. */
    void moving() {
        prefer("light", "no-preference");
    }

    private void prefer(String scheme, String motion) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", motion))));
    }

    /** What the console said since it was asked last. */
    List<String> console() {
        return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Every address that was asked for over the network, of one that records. */
    List<String> requested() {
        ObjectMapper json = new ObjectMapper();
        return StreamSupport.stream(
                        driver.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
                .map(entry -> read(json, entry.getMessage()).path("message"))
                .filter(message -> message.path("method").asText().equals("Network.requestWillBeSent"))
                .map(message -> message.at("/params/request/url").asText())
                .toList();
    }

    private static JsonNode read(ObjectMapper json, String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            // Chromium may still be putting its things away; the directory is a temporary one.
            return;
        }
    }
}
