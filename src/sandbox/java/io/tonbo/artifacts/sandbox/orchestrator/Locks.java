package io.tonbo.artifacts.sandbox.orchestrator;

import java.util.concurrent.locks.ReentrantLock;

/** One thing at a time for each workspace; two workspaces may share a lock. */
final class Locks {
    private final ReentrantLock[] stripes = new ReentrantLock[256];

    Locks() {
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    ReentrantLock of(String handle, String name) {
        return stripes[Math.floorMod((handle + "/" + name).hashCode(), stripes.length)];
    }
}
