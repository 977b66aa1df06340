package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The annotation that restarts a workload, whose key has room for 63 characters of a name. */
class RestartStampTest {
    private static final Pattern KEY =
            Pattern.compile("restarted-for\\.artifacts\\.tonbo\\.io/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    private static String key(String name) {
        return RestartStamp.of(name, "s1").key();
    }

    @Test
    void aNameThatFitsIsTakenAsItIs() {
        assertThat(key("web")).isEqualTo("restarted-for.artifacts.tonbo.io/web");
        assertThat(key("a".repeat(63))).endsWith("/" + "a".repeat(63));
    }

    @Test
    void aLongerOneIsCutAndKeepsItsHash() {
        assertThat(key("a".repeat(64))).isEqualTo("restarted-for.artifacts.tonbo.io/" + "a".repeat(52) + "-ffe054fe7a");
        assertThat(key("a".repeat(64))).isNotEqualTo(key("a".repeat(65)));
    }

    @Test
    void everyNameGivesAKeyThatTheApiServerTakes() {
        for (int length = 1; length <= 253; length++) {
            assertThat(key("a".repeat(length))).matches(KEY);
            assertThat(key("a.-".repeat(84).substring(0, Math.max(0, length - 2)) + "z"))
                    .matches(KEY);
        }
    }

    @Test
    void itIsThereWhenItsValueIs() {
        RestartStamp stamp = RestartStamp.of("web", "s1");

        assertThat(stamp.on(Map.of(stamp.key(), "s1"))).isTrue();
        assertThat(stamp.on(Map.of(stamp.key(), "s1+1"))).isFalse();
        assertThat(stamp.on(Map.of(key("api"), "s1"))).isFalse();
        assertThat(stamp.on(null)).isFalse();
    }
}
