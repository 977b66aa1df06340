package io.tonbo.artifacts.sandbox.trouble;

import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.redis.RedisCommand;
import io.tonbo.artifacts.sandbox.redis.RedisProxy;
import io.tonbo.artifacts.sandbox.redis.Reply;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;

/** The metadata of one trouble's workspace: the way there, and what is found. */
final class TroubleVolume {
    private static final Pattern UUID_OF = Pattern.compile("\"UUID\": ?\"([^\"]+)\"");
    /** What a Redis answers that is still loading. */
    private static final Set<String> GREETINGS = Set.of("HELLO", "AUTH", "CLIENT", "SELECT", "PING", "QUIT");

    private final TroubleStage stage;
    private RedisProxy way;
    private String setting;

    TroubleVolume(TroubleStage stage) {
        this.stage = stage;
    }

    /** Whoever gets a grant from now on has every connection cut. */
    void cut() {
        through(command -> Reply.DROP);
    }

    /** Whoever gets a grant from now on meets a Redis that is starting. */
    void loading() {
        through(TroubleVolume::afterGreeting);
    }

    private static Reply afterGreeting(RedisCommand command) {
        return GREETINGS.contains(command.name()) ? Reply.FORWARD : Reply.LOADING;
    }

    private void through(RedisProxy.Hook hook) {
        way = RedisProxy.inFrontOf(stage.parts().redis().port());
        way.afterEachCommand(hook);
        stage.remote().fault(Operation.RESERVE, Fault.of(FaultKind.METADATA_ELSEWHERE, "127.0.0.1:" + way.port()));
    }

    /** The same way, but nothing is in it. */
    void undisturbed() {
        way.heal();
    }

    /** Takes the {@code setting} away, until it is restored. */
    void lose() {
        try (Jedis redis = redis()) {
            setting = redis.getDel(key());
        }
    }

    void restore() {
        try (Jedis redis = redis()) {
            redis.set(key(), setting);
        }
    }

    /** Somebody else formats it again: another volume over the same prefix. */
    void formatElsewhere() {
        lose();
        try (Jedis redis = redis()) {
            redis.set(key(), setting.replace(uuid(setting), UUID.randomUUID().toString()));
        }
    }

    /** Puts into the bucket what says whose the volume is, as a format does. */
    void mark() {
        try (Jedis redis = redis()) {
            stage.buckets().put(stage.remote().workspace().volumeName() + "/juicefs_uuid", uuid(redis.get(key())));
        }
    }

    /** Where the {@code setting} belongs, there is something else. */
    void spoil() {
        try (Jedis redis = redis()) {
            redis.hset(key(), "not", "a setting");
        }
    }

    void drop() {
        try (Jedis redis = redis()) {
            redis.del(key());
        }
    }

    private Jedis redis() {
        return stage.parts().redis().admin();
    }

    private String key() {
        return stage.remote().workspace().keyPrefix() + "setting";
    }

    private static String uuid(String setting) {
        Matcher uuid = UUID_OF.matcher(setting);
        if (!uuid.find()) {
            throw new IllegalStateException("the volume has no UUID");
        }
        return uuid.group(1);
    }

    void close() {
        if (way != null) {
            way.close();
        }
    }
}
