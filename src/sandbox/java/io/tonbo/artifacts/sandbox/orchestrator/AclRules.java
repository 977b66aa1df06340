package io.tonbo.artifacts.sandbox.orchestrator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What each kind of user may do, as {@code ACL SETUSER} takes it: exactly the commands a JuiceFS client needs for the
 * purpose, on the keys of one workspace. Redis 6.2 has no {@code %R~}: there a reader is one by its commands.
 */
final class AclRules {
    private static final String CONNECT = "ping info command cluster|info cluster|slots client|setinfo";
    private static final String FORMAT = "get set setnx";
    private static final String WRITE = "mget incr incrby decr decrby del exists hget hset hmset hsetnx hdel hgetall"
            + " hkeys hlen hmget hexists hincrby hscan lrange llen rpush rpushx lpush ltrim sadd srem smembers zadd"
            + " zrem zrange zrangebyscore zscore watch unwatch multi exec script|load asking";
    private static final String READ = "get mget exists hget hgetall hkeys hlen hmget hexists hscan lrange llen"
            + " zrange zrangebyscore zscore smembers";

    private AclRules() {}

    static List<String> format(String prefix, boolean cluster) {
        return rules(List.of(prefix + "setting", prefix + "i*"), cluster, CONNECT, FORMAT);
    }

    static List<String> readWrite(String prefix, boolean cluster) {
        return rules(List.of(prefix + "*"), cluster, CONNECT, FORMAT, WRITE);
    }

    static List<String> readOnly(String prefix, boolean cluster) {
        return rules(List.of(prefix + "*"), cluster, CONNECT, READ);
    }

    private static List<String> rules(List<String> keys, boolean cluster, String... commands) {
        List<String> rules = new ArrayList<>();
        for (String key : keys) {
            rules.add("~" + key);
        }
        for (String command :
                String.join(" ", commands).toLowerCase(Locale.ROOT).split(" ", -1)) {
            rules.add("+" + command);
        }
        if (cluster) {
            // A stock client recognises a cluster by SELECT's error text; NOPERM would hide it.
            rules.add("+select");
        }
        return rules;
    }
}
