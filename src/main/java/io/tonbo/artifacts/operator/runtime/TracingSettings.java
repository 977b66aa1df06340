package io.tonbo.artifacts.operator.runtime;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;

/**
 * Where traces go.
 *
 * @param endpoint where a collector takes them by OTLP over HTTP; null: nowhere
 * @param sampleRatio the part of the reconciles that is traced, 0 to 1
 */
public record TracingSettings(URI endpoint, double sampleRatio) {
    private static final String ENDPOINT = "ARTIFACTS_TRACING_ENDPOINT";
    private static final String RATIO = "ARTIFACTS_TRACING_SAMPLE_RATIO";

    /** Where a collector takes traces, unless its URL says otherwise. */
    private static final String PATH = "/v1/traces";

    private static final double SOME = 0.1;

    /**
     * @param env the environment's variables
     * @return the settings
     * @throws IllegalArgumentException naming the variable and what it should be, without credentials
     */
    static TracingSettings from(Map<String, String> env) {
        return new TracingSettings(endpoint(env.get(ENDPOINT)), ratio(env.get(RATIO)));
    }

    private static URI endpoint(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            // Its message quotes what may hold a password.
            throw refused("is not a URL");
        }
        if (uri.getScheme() == null || !Set.of("http", "https").contains(uri.getScheme()) || uri.getHost() == null) {
            throw refused("must be the URL of a collector's OTLP/HTTP port, such as http://collector:4318");
        }
        if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw refused("must not contain a user name, a password, a query or a fragment");
        }
        boolean bare = uri.getPath() == null
                || uri.getPath().isEmpty()
                || uri.getPath().equals("/");
        return bare ? uri.resolve(PATH) : uri;
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(ENDPOINT + " " + why);
    }

    private static double ratio(String text) {
        if (text == null || text.isBlank()) {
            return SOME;
        }
        if (!text.strip().matches("[0-9]{0,3}(\\.[0-9]{1,12})?") || Double.parseDouble(text.strip()) > 1) {
            throw new IllegalArgumentException(RATIO + " must be a number from 0 to 1, not " + text);
        }
        return Double.parseDouble(text.strip());
    }
}
