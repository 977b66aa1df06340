package io.tonbo.artifacts.operator.mountsession;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/**
 * The annotation on a Pod template that restarts its Pods and says what for, so that nobody restarts them a second time. The
 * key contains the MountSession's name: two MountSessions that restart the same workload each write their own, rather than
 * overwrite each other's for ever.
 *
 * @param key key of the annotation
 * @param value what the workload is restarted for, such as the id of a session
 */
record RestartStamp(String key, String value) {
    private static final String PREFIX = "restarted-for.artifacts.tonbo.io/";
    /** Longest name in an annotation's key; a MountSession's has up to 253 characters. */
    private static final int MAX_NAME = 63;

    private static final int HASH_DIGITS = 10;

    /**
     * @param mountSession name of the MountSession
     * @param value what the workload is restarted for
     */
    static RestartStamp of(String mountSession, String value) {
        return new RestartStamp(PREFIX + fitting(mountSession), value);
    }

    /** What is cut off still tells two long names apart, by its hash. */
    private static String fitting(String name) {
        if (name.length() <= MAX_NAME) {
            return name;
        }
        byte[] hash = SessionRecord.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
        return name.substring(0, MAX_NAME - HASH_DIGITS - 1)
                + "-"
                + HexFormat.of().formatHex(hash, 0, HASH_DIGITS / 2);
    }

    /**
     * @param annotations those of a Pod or of a template; null counts as none
     * @return whether it is there, with this value
     */
    boolean on(Map<String, String> annotations) {
        return annotations != null && value.equals(annotations.get(key));
    }
}
