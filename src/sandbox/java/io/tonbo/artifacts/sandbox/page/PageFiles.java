package io.tonbo.artifacts.sandbox.page;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private static final List<String> LIBRARY = List.of(
            "lit-html.js", "directive.js", "directive-helpers.js", "directives/guard.js", "directives/repeat.js");

    private final Map<String, PageFile> byPath = new HashMap<>();

    /**
     * @param content what is in it
     * @param type its media type
     */
    record PageFile(Buffer content, String type) {}

    PageFiles() {
        for (String name : OWN) {
            byPath.put("/" + name, new PageFile(Buffer.buffer(WebJar.readResource(name)), type(name)));
        }
        byPath.put("/", byPath.get("/index.html"));
        WebJar library = WebJar.of("lit-html");
        for (String name : LIBRARY) {
            byPath.put("/lib/" + name, new PageFile(Buffer.buffer(library.read(name)), type(name)));
        }
    }

    /**
     * @param path of a request
     * @return the file there
     */
    Optional<PageFile> at(String path) {
        return Optional.ofNullable(byPath.get(path));
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
