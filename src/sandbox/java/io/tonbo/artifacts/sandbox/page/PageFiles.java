package io.tonbo.artifacts.sandbox.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The files that a browser loads: the page's own and those of its one library, all from the class path, read once. */
final class PageFiles {
    private static final List<String> OWN = List.of(
            "index.html",
            "page.css",
            "favicon.svg",
            "app.js",
            "activity.js",
            "cards.js",
            "live.js",
            "renewal.js",
            "switches.js",
            "words.js");
    private static final List<String> LIBRARY =
            List.of("lit-html.js", "directive.js", "directive-helpers.js", "directives/repeat.js");
    private static final String POM = "/META-INF/maven/org.webjars.npm/lit-html/pom.properties";

    private final Map<String, PageFile> byPath = new HashMap<>();

    /**
     * @param content what is in it
     * @param type its media type
     */
    record PageFile(byte[] content, String type) {}

    PageFiles() {
        for (String name : OWN) {
            byPath.put("/" + name, file(name, name));
        }
        byPath.put("/", byPath.get("/index.html"));
        String webJar = "/META-INF/resources/webjars/lit-html/" + libraryVersion() + "/";
        for (String name : LIBRARY) {
            byPath.put("/lib/" + name, file(webJar + name, name));
        }
    }

    /**
     * @param path of a request
     * @return the file there
     */
    Optional<PageFile> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The WebJar's own word, so that the version is written in the pom alone. */
    private static String libraryVersion() {
        Properties pom = new Properties();
        try (InputStream in = open(POM)) {
            pom.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pom.getProperty("version");
    }

    private static PageFile file(String resource, String name) {
        try (InputStream in = open(resource)) {
            return new PageFile(in.readAllBytes(), type(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = PageFiles.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException(resource + " is not on the class path");
        }
        return in;
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "js" -> "text/javascript; charset=utf-8";
            default -> throw new IllegalArgumentException(name);
        };
    }
}
