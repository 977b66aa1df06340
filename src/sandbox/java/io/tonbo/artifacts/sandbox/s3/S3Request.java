package io.tonbo.artifacts.sandbox.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as the server saw it.
 *
 * @param method HTTP method
 * @param bucket bucket's name; empty for a request about none
 * @param key object's key; of a list the prefix asked for; may be empty
 * @param action what it wants
 * @param accessKeyId the key that signed it; empty when none did
 * @param region the region it was signed for; empty when it was not
 */
public record S3Request(String method, String bucket, String key, S3Action action, String accessKeyId, String region) {
    private static final Pattern CREDENTIAL =
            Pattern.compile("Credential=(?<id>[^/,\\s]+)/[0-9]{8}/(?<region>[^/]*)/s3/aws4_request");
    private static final Pattern PREFIX = Pattern.compile("(?:^|&)prefix=(?<prefix>[^&]*)");

    /**
     * @param method HTTP method
     * @param path raw path
     * @param query raw query, or null
     * @param authorization the header, or null
     * @return the request
     */
    static S3Request of(String method, String path, String query, String authorization) {
        String[] parts = path.split("/", 3);
        String bucket = parts.length > 1 ? decoded(parts[1]) : "";
        String key = parts.length > 2 ? decoded(parts[2]) : "";
        Matcher credential = CREDENTIAL.matcher(authorization == null ? "" : authorization);
        boolean signed = credential.find();
        Matcher prefix = PREFIX.matcher(query == null ? "" : query);
        return new S3Request(
                method,
                bucket,
                key.isEmpty() && prefix.find() ? decoded(prefix.group("prefix")) : key,
                action(method, key, query == null ? "" : query),
                signed ? credential.group("id") : "",
                signed ? credential.group("region") : "");
    }

    private static S3Action action(String method, String key, String query) {
        if (key.isEmpty()) {
            boolean list = method.equals("GET") || method.equals("HEAD");
            return list ? S3Action.LIST : query.startsWith("delete") ? S3Action.DELETE : S3Action.ADMINISTER;
        }
        return switch (method) {
            case "GET", "HEAD" -> S3Action.GET;
            case "DELETE" -> S3Action.DELETE;
            default -> S3Action.PUT;
        };
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
