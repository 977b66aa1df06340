package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Instant;
import java.util.function.Supplier;

/** Replays the first successful answer under an {@code Idempotency-Key}, scoped to account, method and path. */
final class Idempotency {
    private final Store store;
    private final Behaviour behaviour;

    Idempotency(Store store, Behaviour behaviour) {
        this.store = store;
        this.behaviour = behaviour;
    }

    /**
     * Does the work, or replays what it answered. Called under the workspace's lock.
     *
     * @param keeps false: nothing is kept; else a 2xx is
     */
    Reply once(Request request, StoredToken caller, boolean mutating, boolean keeps, Supplier<Reply> work) {
        String key = request.header("Idempotency-Key").orElse(null);
        if (key == null || !mutating) {
            return work.get();
        }
        if (!key.matches("[\\x21-\\x7e]{1,255}")) {
            throw ApiError.invalid("Idempotency-Key must be 1 to 255 visible ASCII characters");
        }
        if (!behaviour.honoursIdempotencyKeys()) {
            return work.get();
        }
        String path = String.join("/", request.segments());
        String scope = caller.handle() + ":" + request.method() + ":" + path + ":" + key;
        String digest = Randomness.digest(request.body());
        Instant forgotten = behaviour.now().minus(behaviour.idempotencyLasts());
        return store.reply(scope)
                .filter(kept -> kept.keptAt().isAfter(forgotten))
                .map(kept -> replay(kept, digest))
                .orElseGet(() -> keeps ? keep(scope, digest, work.get()) : work.get());
    }

    private static Reply replay(StoredReply kept, String digest) {
        if (!kept.requestDigest().equals(digest)) {
            throw ApiError.invalid("Idempotency-Key was used with another body");
        }
        return Reply.text(kept.status(), kept.body()).with("Idempotency-Replayed", "true");
    }

    private Reply keep(String scope, String digest, Reply reply) {
        if (reply.successful()) {
            store.save(scope, new StoredReply(behaviour.now(), digest, reply.status(), reply.body()));
        }
        return reply;
    }
}
