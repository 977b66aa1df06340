package io.tonbo.artifacts.operator.juicefs;

/**
 * Where a volume's metadata is, and as whom to ask for it. Never shown: {@link #toString()} gives host and port alone.
 *
 * @param host name or address, without brackets
 * @param port TCP port
 * @param user ACL user, or null for the default user
 * @param password password, or null when none is sent
 * @param tls whether the URL said {@code rediss}
 */
public record MetadataEndpoint(String host, int port, String user, String password, boolean tls) {
    /**
     * Reads {@code redis[s]://[user[:password]@]host[:port][/db]} by hand, because the JDK's parsers repeat a malformed URL
     * and its password in their messages. The database is left aside: it is for stock JuiceFS alone.
     *
     * @param url the URL as the orchestrator gave it
     * @return its parts, percent-decoded
     * @throws MetadataException of kind PROTOCOL, saying which part is wrong and nothing of its text
     */
    public static MetadataEndpoint parse(String url) throws MetadataException {
        return null;
    }

    @Override
    public String toString() {
        return "MetadataEndpoint[" + host + ":" + port + (tls ? ", TLS" : "") + "]";
    }
}
