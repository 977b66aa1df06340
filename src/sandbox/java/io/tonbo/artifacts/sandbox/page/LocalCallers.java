package io.tonbo.artifacts.sandbox.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/**
 * Who may ask: whoever is on this machine and calls it by one of its names. A page of another site is refused, also one that
 * has pointed its own name at the loopback address.
 *
 * @param own this server's names, as {@code host:port}
 */
record LocalCallers(Set<String> own) {
    /**
     * @param port what this server listens on
     * @return those who may ask there
     */
    static LocalCallers at(int port) {
        return new LocalCallers(Set.of("127.0.0.1:" + port, "localhost:" + port));
    }

    boolean admits(HttpServerRequest request) {
        return own.contains(String.valueOf(request.getHeader(HttpHeaders.HOST)))
                && ownOrigin(request)
                && ownSite(request);
    }

    private boolean ownOrigin(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || (origin.startsWith("http://") && own.contains(origin.substring("http://".length())));
    }

    /** What a browser says of a request that a link or an image elsewhere made; following a link is fine. */
    private static boolean ownSite(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        boolean navigation = "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
        return site == null || site.equals("same-origin") || site.equals("none") || (navigation && isReading(request));
    }

    private static boolean isReading(HttpServerRequest request) {
        return request.method().name().equals("GET");
    }
}
