package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.api.v1alpha1.WorkloadReference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Until when each rollout is waited for that this process saw begin or go on, for one MountSession. It is in memory only:
 * a process that has lost it waits longer, and restarts nothing again. For one thread at a time.
 */
final class RestartProgress {
    private final Map<String, Instant> deadlines = new HashMap<>();
    private String stamp = "";

    /**
     * Forgets what was for another restart.
     *
     * @param value what the workloads are restarted for now
     */
    void begin(String value) {
        if (!stamp.equals(value)) {
            stamp = value;
            deadlines.clear();
        }
    }

    /**
     * @return whether this process saw that workload stamped. If the stamp is gone since, somebody wrote another template over
     *     it, which restarts the Pods by itself: to stamp it again would be a fight
     */
    boolean knows(WorkloadReference target) {
        return deadlines.containsKey(key(target));
    }

    /**
     * @param now the time
     * @param patience how long to wait, if it is the first time
     * @return until when the others wait for that workload: the same at every look
     */
    Instant deadline(WorkloadReference target, Instant now, Duration patience) {
        return deadlines.computeIfAbsent(key(target), unseen -> now.plus(patience));
    }

    private static String key(WorkloadReference target) {
        return target.getKind() + "/" + target.getName();
    }
}
