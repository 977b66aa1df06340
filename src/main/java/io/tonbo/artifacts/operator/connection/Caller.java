package io.tonbo.artifacts.operator.connection;

/**
 * On whose behalf a call is made.
 *
 * @param uid uid of the object, or another name that tells it from others
 * @param priority how urgent it is
 */
public record Caller(String uid, Priority priority) {
    /**
     * @param uid uid of the object
     * @return a caller with {@link Priority#ORDINARY}
     */
    public static Caller ordinary(String uid) {
        return new Caller(uid, Priority.ORDINARY);
    }

    /**
     * @param uid uid of the object
     * @return a caller with {@link Priority#URGENT}: a renewal or a deletion
     */
    public static Caller urgent(String uid) {
        return new Caller(uid, Priority.URGENT);
    }
}
