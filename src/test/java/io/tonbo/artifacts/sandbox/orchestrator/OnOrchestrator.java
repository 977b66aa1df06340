package io.tonbo.artifacts.sandbox.orchestrator;

import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.Jedis;

/** A running orchestrator and an account of its own for each test; one Redis for each class. */
abstract class OnOrchestrator {
    static final StoredStorage STORAGE = new StoredStorage("data", "https://s3.example.com", "auto", "");
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    static SandboxRedis redis;

    SandboxOrchestrator orchestrator;
    SandboxAdmin admin;
    String handle;
    Http http;

    @BeforeAll
    static void startRedis() {
        redis = SandboxRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void start() {
        orchestrator = SandboxOrchestrator.start(redis);
        admin = orchestrator.admin();
        handle = "acme-" + ACCOUNTS.incrementAndGet();
        http = Http.of(orchestrator, handle);
    }

    @AfterEach
    void stop() {
        orchestrator.close();
    }

    String path(String name) {
        return "/workspaces/" + handle + "/" + name;
    }

    /** Writes the `setting` with what a reservation or a 409 brought. */
    void format(Http.Answer answer, String workspaceAt, String formatAt) throws IOException {
        try (Jedis format = Metadata.open(answer.text(formatAt + "/metadata_url"))) {
            format.set(answer.text(workspaceAt + "/key_prefix") + "setting", "{}");
        }
    }

    void makeActive(String name) throws IOException, InterruptedException {
        format(http.reserve(name), "/workspace", "/format");
        http.confirm(handle, name);
    }
}
