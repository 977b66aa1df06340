package io.tonbo.artifacts.sandbox.orchestrator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.Jedis;

/** Opens metadata URLs as a client would. */
final class Metadata {
    private Metadata() {}

    /** Connects and authenticates with what the URL says. */
    static Jedis open(String url) {
        String rest = url.substring("redis://".length());
        int at = rest.lastIndexOf('@');
        String[] login = rest.substring(0, at).split(":", 2);
        String[] address = rest.substring(at + 1).split("[:/]", 3);
        Jedis jedis = new Jedis(address[0], Integer.parseInt(address[1]));
        jedis.auth(decode(login[0]), decode(login[1]));
        return jedis;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
