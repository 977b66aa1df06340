package io.tonbo.artifacts.operator.mountsession;

import java.util.OptionalInt;

/**
 * Which JuiceFS client can express where a volume's keys lie in Redis. Stock JuiceFS knows no prefix of one's own: on a
 * standalone Redis it looks in the database of the URL, on a cluster under that number in braces.
 */
enum ClientFit {
    /** No prefix, database 0: where stock JuiceFS looks on a standalone Redis. */
    ANY_BUT_ON_A_CLUSTER("Any JuiceFS client can mount it, unless its metadata Redis is a cluster."),
    /** {@code {N}}, and N is the URL's database. */
    ANY_ON_A_CLUSTER("Any JuiceFS client can mount it, provided its metadata Redis is a cluster."),
    /** Any other prefix. */
    TONBO_PREFIX("Mount it with Tonbo's own mount container: stock JuiceFS cannot use its key-prefix."),
    /** No prefix, but a database that the session may not SELECT. */
    TONBO_DATABASE(
            "Mount it with Tonbo's own mount container: stock JuiceFS would SELECT the database of its metaurl, which the"
                    + " session may not.");

    private final String words;

    ClientFit(String words) {
        this.words = words;
    }

    /**
     * @param keyPrefix the prefix of the volume's keys; null counts as empty
     * @param database the database number in the metadata URL; empty when there is none that a client understands
     * @return who can mount it
     */
    static ClientFit of(String keyPrefix, OptionalInt database) {
        if (keyPrefix == null || keyPrefix.isEmpty()) {
            return database.equals(OptionalInt.of(0)) ? ANY_BUT_ON_A_CLUSTER : TONBO_DATABASE;
        }
        boolean numbered = database.isPresent() && keyPrefix.equals("{" + database.getAsInt() + "}");
        return numbered ? ANY_ON_A_CLUSTER : TONBO_PREFIX;
    }

    /**
     * @return a sentence for the message of condition Ready
     */
    String words() {
        return words;
    }
}
