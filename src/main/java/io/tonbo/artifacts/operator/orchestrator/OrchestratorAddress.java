package io.tonbo.artifacts.operator.orchestrator;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The orchestrator's base URL, checked: {@code https}, or {@code http} on a loopback address; a host; no user, password,
 * query or fragment. A path is kept, a trailing slash is not.
 *
 * @param base the checked URL
 */
public record OrchestratorAddress(URI base) {
    private static final String VARIABLE = "ARTIFACTS_ORCHESTRATOR_URL";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0{0,4}:){2,7}0{0,3}1]");

    public OrchestratorAddress {
        check(base);
    }

    /**
     * @param text the value of {@code ARTIFACTS_ORCHESTRATOR_URL}; may be null
     * @return the address
     * @throws IllegalArgumentException naming the variable and what is wrong; the text is not repeated, since a URL may
     *     hold a password
     */
    public static OrchestratorAddress parse(String text) {
        if (text == null || text.isBlank()) {
            throw refused("is not set; it is the orchestrator's base URL, such as https://orchestrator.example.com");
        }
        try {
            return new OrchestratorAddress(new URI(text.strip().replaceAll("/+$", "")));
        } catch (URISyntaxException e) {
            throw refused("is not a URL (character " + (e.getIndex() + 1) + ")");
        }
    }

    private static void check(URI base) {
        String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refused("must start with https://");
        }
        if (base.getRawAuthority() != null && base.getRawAuthority().contains("@")) {
            throw refused("must not contain a user name or a password; the token comes from a Secret or a file");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw refused("must not contain a query or a fragment");
        }
        if (base.getHost() == null || base.getPort() == 0 || base.getPort() > 65_535) {
            throw refused("names no valid host and port");
        }
        if (base.normalize().getRawPath() == null
                || !base.normalize().getRawPath().equals(base.getRawPath())) {
            throw refused("must not contain empty, . or .. path segments");
        }
        if (scheme.equals("http")
                && !LOOPBACK.matcher(base.getHost().toLowerCase(Locale.ROOT)).matches()) {
            throw refused(
                    "must start with https:// (http is for localhost, 127.0.0.0/8 and [::1] only, and the host is "
                            + base.getHost() + ")");
        }
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(VARIABLE + " " + what);
    }

    /**
     * @return host and port for messages
     */
    String server() {
        return base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
    }
}
