package io.tonbo.artifacts.operator.juicefs;

import static io.tonbo.artifacts.operator.juicefs.MetadataException.Kind.ACCESS_DENIED;
import static io.tonbo.artifacts.operator.juicefs.MetadataException.Kind.PROTOCOL;
import static io.tonbo.artifacts.operator.juicefs.MetadataException.Kind.UNAVAILABLE;
import static io.tonbo.artifacts.operator.juicefs.MetadataException.Kind.UNREACHABLE;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Turns what the Redis client throws into a {@link MetadataException}; of an answer only its first word is kept. */
final class RedisFailures {
    private static final Pattern FIRST_WORD = Pattern.compile("[A-Z]{1,32}(?= |$)");
    private static final Set<String> DENIED = Set.of("WRONGPASS", "NOAUTH", "NOPERM");
    /** What the server says of itself, whoever asks; the last is a server that takes no connections from outside. */
    private static final Set<String> UNABLE = Set.of(
            "LOADING",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "MASTERDOWN",
            "READONLY",
            "BUSY",
            "NOREPLICAS",
            "OOM",
            "MISCONF",
            "DENIED");
    /** "ERR max number of clients reached", and what hosted servers say of their other limits. */
    private static final String LIMIT = "ERR max ";
    /** How the client says that the first byte of an answer is none of the protocol's. */
    private static final String NO_REDIS = "Unknown reply";

    private static final String NONSENSE = "what should be the metadata Redis answered as no Redis does";

    private RedisFailures() {}

    static MetadataException of(RuntimeException failure) {
        if (failure instanceof JedisDataException) {
            return answered(failure.getMessage());
        }
        boolean answered = failure.getMessage() != null && failure.getMessage().startsWith(NO_REDIS);
        if (failure instanceof JedisConnectionException && !answered) {
            return new MetadataException(
                    UNREACHABLE,
                    isTls(failure)
                            ? "no TLS connection to the metadata Redis: it has none, or its certificate is not trusted or not its own"
                            : "the metadata Redis did not answer: not resolved, refused, timed out or cut off");
        }
        return new MetadataException(PROTOCOL, NONSENSE);
    }

    private static MetadataException answered(String text) {
        Matcher matcher = FIRST_WORD.matcher(text == null ? "" : text);
        String word = matcher.lookingAt() ? matcher.group() : "an error";
        if (DENIED.contains(word)) {
            return new MetadataException(ACCESS_DENIED, "the metadata Redis refused the grant: " + word);
        }
        boolean limited = text != null && text.startsWith(LIMIT);
        return limited || UNABLE.contains(word)
                ? new MetadataException(
                        UNAVAILABLE, "the metadata Redis cannot serve now: " + (limited ? "a limit is reached" : word))
                : new MetadataException(PROTOCOL, "the metadata Redis answered " + word);
    }

    private static boolean isTls(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            for (Throwable suppressed : cause.getSuppressed()) {
                if (suppressed instanceof SSLException) {
                    return true;
                }
            }
            if (cause instanceof SSLException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
