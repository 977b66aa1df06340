package io.tonbo.artifacts.sandbox.orchestrator;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The body of {@code POST /workspaces}. A field that is not documented is refused: above all no bucket key may come here.
 *
 * @param name of the workspace
 * @param storage where its data is to live
 * @param cacheProfile interactive, benchmark or custom
 */
record ReserveBody(String name, StoredStorage storage, String cacheProfile) {
    private static final Pattern NAME = Pattern.compile("^[a-z][a-z0-9-]{0,38}[a-z0-9]$");
    private static final Pattern LATER_NAME = Pattern.compile("^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$");
    private static final Pattern BUCKET = Pattern.compile("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$");
    private static final Pattern ENDPOINT = Pattern.compile("^https?://[\\x21-\\x7e]{1,500}$");
    private static final Pattern REGION = Pattern.compile("^[a-z0-9-]{0,63}$");
    private static final Pattern PREFIX = Pattern.compile("^[a-zA-Z0-9!_.()/-]{0,256}$");
    private static final Set<String> BACKENDS = Set.of("byo");
    private static final Set<String> PROFILES = new TreeSet<>(Set.of("interactive", "benchmark", "custom"));

    static ReserveBody parse(String body, boolean laterRevision) {
        Fields fields = Fields.parse(body).only(Set.of("name", "backend", "cache_profile", "storage"));
        String name = fields.text("name", laterRevision ? LATER_NAME : NAME);
        fields.oneOf("backend", BACKENDS, null);
        Fields storage = fields.object("storage").only(Set.of("bucket", "endpoint", "region", "prefix"));
        StoredStorage where = new StoredStorage(
                storage.text("bucket", BUCKET),
                endpoint(storage.text("endpoint", ENDPOINT)),
                storage.text("region", REGION, ""),
                storage.text("prefix", PREFIX, ""));
        return new ReserveBody(name, where, fields.oneOf("cache_profile", PROFILES, "interactive"));
    }

    private static String endpoint(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() == null
                    || uri.getUserInfo() != null
                    || uri.getQuery() != null
                    || uri.getFragment() != null) {
                throw ApiError.invalid("storage.endpoint must be a plain URL: scheme, host and port");
            }
            return text;
        } catch (URISyntaxException e) {
            throw ApiError.invalid("storage.endpoint must be a URL");
        }
    }
}
