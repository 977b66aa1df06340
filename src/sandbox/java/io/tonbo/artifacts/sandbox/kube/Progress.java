package io.tonbo.artifacts.sandbox.kube;

/** Is told that something slow goes on: what, and how far it is. */
public interface Progress {
    /**
     * A task begins, and with it the one before has ended.
     *
     * @param task such as {@code downloading etcd}
     */
    void begin(String task);

    /** The task goes on; called often. */
    void tick();

    /**
     * The task goes on; called often.
     *
     * @param arrived bytes that are there
     * @param expected how many it will be, or less than 0 if that is not known
     */
    void bytes(long arrived, long expected);

    /**
     * @param line something that a person should know
     */
    void say(String line);

    /**
     * @param arrived bytes
     * @param expected bytes, or less than 0
     * @return such as {@code 3 of 84 MB}
     */
    static String words(long arrived, long expected) {
        long million = 1_000_000;
        return expected < 0
                ? arrived / million + " MB"
                : arrived / million + " of " + Math.max(1, expected / million) + " MB";
    }
}
