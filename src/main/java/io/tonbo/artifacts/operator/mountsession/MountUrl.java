package io.tonbo.artifacts.operator.mountsession;

import io.tonbo.artifacts.operator.juicefs.MetadataEndpoint;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.orchestrator.Sensitive;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A metadata URL in the form that every client reads: scheme and port written out, user and password percent-encoded. A
 * password that holds an '@' or '#' as it is would be taken for part of the host.
 *
 * @param url the URL
 * @param database the database number in its path, 0 when there is no path; empty when that is no number
 */
record MountUrl(Sensitive url, OptionalInt database) {

    /**
     * @param metadataUrl as the orchestrator gave it
     * @return the same place and identity
     * @throws MetadataException of kind PROTOCOL if it cannot be read, saying which part is wrong and nothing of its text
     */
    static MountUrl of(Sensitive metadataUrl) throws MetadataException {
        String text = metadataUrl.reveal().trim();
        MetadataEndpoint endpoint = MetadataEndpoint.parse(text);
        String rest = text.substring(text.indexOf("://") + 3);
        String suffix = rest.substring(rest.split("[/?#]", 2)[0].length()).split("#", 2)[0];
        if (!suffix.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new MetadataException(
                    MetadataException.Kind.PROTOCOL, "the metadata URL has a character in its path that none has");
        }
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        String normal = (endpoint.tls() ? "rediss://" : "redis://") + identity(endpoint) + host + ":" + endpoint.port();
        return new MountUrl(Sensitive.of(normal + suffix), database(suffix.split("\\?", 2)[0]));
    }

    private static String identity(MetadataEndpoint endpoint) {
        if (endpoint.user() == null && endpoint.password() == null) {
            return "";
        }
        String user = endpoint.user() == null ? "" : encoded(endpoint.user());
        return user + (endpoint.password() == null ? "" : ":" + encoded(endpoint.password())) + "@";
    }

    private static OptionalInt database(String path) {
        if (path.isEmpty() || path.equals("/")) {
            return OptionalInt.of(0);
        }
        return path.matches("/[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(path.substring(1))) : OptionalInt.empty();
    }

    /** All but the unreserved characters of RFC 3986. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            boolean unreserved = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            encoded.append(unreserved ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", each & 0xFF));
        }
        return encoded.toString();
    }
}
