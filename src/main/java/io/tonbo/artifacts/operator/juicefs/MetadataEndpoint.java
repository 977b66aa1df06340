package io.tonbo.artifacts.operator.juicefs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

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
    private static final int DEFAULT_PORT = 6379;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final Pattern OTHER_DATABASE = Pattern.compile("^[a-zA-Z]+://[^/?#]*/0*[1-9]");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    /**
     * Reads {@code redis[s]://[[user]:password@]host[:port][/db]} by hand, because the JDK's parsers repeat a malformed URL
     * and its password in their messages. The database is left aside: it is for stock JuiceFS alone.
     *
     * @param url the URL as the orchestrator gave it
     * @return its parts, percent-decoded
     * @throws MetadataException of kind PROTOCOL, saying which part is wrong and nothing of its text
     */
    public static MetadataEndpoint parse(String url) throws MetadataException {
        String text = url == null ? "" : url.trim();
        int scheme = text.indexOf("://");
        String name = scheme < 0 ? "" : text.substring(0, scheme);
        if (!name.equalsIgnoreCase("redis") && !name.equalsIgnoreCase("rediss")) {
            throw malformed("begins with neither redis:// nor rediss://");
        }
        String authority = text.substring(scheme + 3).split("[/?#]", 2)[0];
        // The last one: an unencoded '@' can be part of a password, never of a host.
        int at = authority.lastIndexOf('@');
        String server = authority.substring(at + 1);
        String credentials = at < 0 ? null : authority.substring(0, at);
        int colon =
                server.startsWith("[") ? server.indexOf(':', Math.max(server.indexOf(']'), 0)) : server.indexOf(':');
        String host = host(colon < 0 ? server : server.substring(0, colon));
        int port = colon < 0 ? DEFAULT_PORT : port(server.substring(colon + 1));
        return new MetadataEndpoint(
                host, port, user(credentials), password(credentials), name.equalsIgnoreCase("rediss"));
    }

    /**
     * As {@link #parse(String)}, for keys with this prefix. Without a prefix it is the database that keeps volumes apart, and
     * a format grant does not allow SELECT: to go on in database 0 would mix this volume with others.
     *
     * @param url the URL as the orchestrator gave it
     * @param keyPrefix what every key begins with; may be empty
     * @return its parts
     * @throws MetadataException of kind PROTOCOL, also if only the database would tell the volume's keys from others
     */
    public static MetadataEndpoint parse(String url, String keyPrefix) throws MetadataException {
        MetadataEndpoint endpoint = parse(url);
        if (keyPrefix.isEmpty() && OTHER_DATABASE.matcher(url.trim()).find()) {
            throw malformed("names a database other than 0 for keys without a prefix, which needs SELECT");
        }
        return endpoint;
    }

    private static String host(String text) throws MetadataException {
        if (text.startsWith("[") && text.endsWith("]")) {
            String address = text.substring(1, text.length() - 1);
            if (IPV6.matcher(address).matches()) {
                return address;
            }
        } else if (HOST.matcher(text).matches()) {
            return text;
        }
        throw malformed("has no host, or one that is neither a name nor an address");
    }

    private static int port(String text) throws MetadataException {
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        }
        throw malformed("has a port that is not a number from 1 to 65535");
    }

    private static String user(String credentials) throws MetadataException {
        if (credentials == null) {
            return null;
        }
        int colon = credentials.indexOf(':');
        String user = decoded(colon < 0 ? credentials : credentials.substring(0, colon));
        return user.isEmpty() ? null : user;
    }

    private static String password(String credentials) throws MetadataException {
        int colon = credentials == null ? -1 : credentials.indexOf(':');
        return colon < 0 ? null : decoded(credentials.substring(colon + 1));
    }

    private static String decoded(String text) throws MetadataException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
                if (low < 0) {
                    throw malformed("has a '%' in its user or password that two hex digits do not follow");
                }
                bytes.write((high << 4) | low);
                i += 2;
            } else {
                int character = text.codePointAt(i);
                bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(character) - 1;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static MetadataException malformed(String what) {
        return new MetadataException(MetadataException.Kind.PROTOCOL, "the metadata URL " + what);
    }

    @Override
    public String toString() {
        return "MetadataEndpoint[" + host + ":" + port + (tls ? ", TLS" : "") + "]";
    }
}
