package io.tonbo.artifacts.operator.juicefs;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** Redis users with just the rights that JuiceFS needs for a format, as an orchestrator gives them out. */
final class FormatGrant {
    static final String PASSWORD = "p@ss:w/rd%";
    static final String ENCODED_PASSWORD = "p%40ss%3Aw%2Frd%25";

    private FormatGrant() {}

    static void give(Jedis admin, String user, String prefix, String... more) {
        List<String> rules = new ArrayList<>(List.of("SETUSER", user, "reset", "on", ">" + PASSWORD));
        rules.addAll(
                List.of("+get", "+set", "+setnx", "+ping", "+info", "+command", "+cluster|info", "+cluster|slots"));
        rules.addAll(List.of("~" + prefix + "setting", "~" + prefix + "i*"));
        rules.addAll(List.of(more));
        admin.sendCommand(Protocol.Command.ACL, rules.toArray(String[]::new));
    }

    static String url(String scheme, String user, String host, int port) {
        return scheme + "://" + user + ":" + ENCODED_PASSWORD + "@" + host + ":" + port + "/3";
    }
}
