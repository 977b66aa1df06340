package io.tonbo.artifacts.sandbox.page;

import io.tonbo.artifacts.sandbox.orchestrator.SandboxOrchestrator;
import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A running orchestrator with its Redis, one for each class. */
abstract class BesideOrchestrator {
    static SandboxOrchestrator orchestrator;
    private static SandboxRedis redis;

    @BeforeAll
    static void startOrchestrator() {
        redis = SandboxRedis.start();
        orchestrator = SandboxOrchestrator.start(redis);
    }

    @AfterAll
    static void stopOrchestrator() {
        orchestrator.close();
        redis.close();
    }
}
