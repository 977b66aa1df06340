package io.tonbo.artifacts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of all parts, and what is known of it. */
class RunningPartsTest {
    private final RunningParts parts = new RunningParts();
    private final List<String> ended = new ArrayList<>();

    @Test
    void theNewestEndsFirst() {
        parts.keep(part("Redis"));
        parts.keep(part("the operator"));
        assertThat(parts.end()).isEmpty();
        assertThat(ended).containsExactly("the operator", "Redis");
        parts.end();
        assertThat(ended).hasSize(2);
    }

    @Test
    void whatDoesNotEndIsNamedAndKeepsNothingElseFromIt() {
        parts.keep(part("Redis"));
        parts.keep(stubborn("etcd"));
        parts.keep(part("the operator"));
        assertThat(parts.end()).containsExactly("etcd did not die within 10 s");
        assertThat(ended).containsExactly("the operator", "Redis");
        assertThat(parts.end()).as("it is still so").hasSize(1);
    }

    @Test
    void whatComesTooLateIsEndedAtOnce() {
        parts.refuseMore();
        assertThat(parts.isClosed()).isTrue();
        assertThatThrownBy(() -> parts.keep(part("Redis"))).isInstanceOf(RunningParts.EndedException.class);
        assertThatThrownBy(() -> parts.keep(stubborn("etcd"))).isInstanceOf(RunningParts.EndedException.class);
        assertThat(ended).containsExactly("Redis");
        assertThat(parts.end()).containsExactly("etcd did not die within 10 s");
    }

    private AutoCloseable part(String name) {
        return () -> ended.add(name);
    }

    private static AutoCloseable stubborn(String name) {
        return () -> {
            throw new IllegalStateException(name + " did not die within 10 s");
        };
    }
}
