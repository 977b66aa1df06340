package io.tonbo.artifacts.sandbox.redis;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One command that a client sent to Redis. The text form leaves out what may be a password or a value.
 *
 * @param name in capital letters, such as {@code SET}
 * @param arguments as text, each byte one character
 */
public record RedisCommand(String name, List<String> arguments) {
    private static final Set<String> WRITES = Set.of(
            "SET", "SETNX", "GETSET", "DEL", "UNLINK", "INCR", "INCRBY", "HSET", "HSETNX", "HDEL", "SADD", "SREM",
            "ZADD", "ZREM", "EXPIRE", "EVAL", "EXEC");

    static RedisCommand of(List<String> words) {
        return new RedisCommand(words.get(0).toUpperCase(Locale.ROOT), words.subList(1, words.size()));
    }

    /**
     * @return whether it may change data
     */
    public boolean isWrite() {
        return WRITES.contains(name);
    }

    /**
     * @return the first argument, the key of most commands; empty if there is none
     */
    public String key() {
        return arguments.isEmpty() ? "" : arguments.get(0);
    }

    @Override
    public String toString() {
        return isWrite() || name.equals("GET") ? name + " " + key() : name;
    }
}
