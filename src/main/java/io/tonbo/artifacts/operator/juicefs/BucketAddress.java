package io.tonbo.artifacts.operator.juicefs;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a bucket is.
 *
 * @param endpoint scheme, host and port; host in lower case, no path
 * @param region the region as the user gave it; {@code auto} for Tigris and R2, never null, may be empty
 * @param bucket the bucket's name
 */
public record BucketAddress(URI endpoint, String region, String bucket) {
    private static final String DEFAULT_REGION = "us-east-1";
    private static final Pattern REGION = Pattern.compile("[a-zA-Z0-9-]{0,63}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** The hosts from which JuiceFS reads the region that it then connects to, whatever else the host says. */
    private static final Pattern AMAZON = Pattern.compile(
            "s3(?:[.-](?:dualstack\\.)?(?<region>[a-z0-9-]+))?\\.amazonaws\\.com|s3[.-](?<china>[a-z0-9-]+)\\.amazonaws\\.com\\.cn");

    /**
     * Reads an endpoint as users write it.
     *
     * @param endpoint {@code http(s)://host[:port][/]}
     * @param region the region, or null or empty for the default
     * @param bucket the bucket's name
     * @return the address
     * @throws EndpointNotAllowedException if one of them is not of the form a JuiceFS client can use, with the reason
     */
    public static BucketAddress parse(String endpoint, String region, String bucket)
            throws EndpointNotAllowedException {
        String regionOrEmpty = region == null ? "" : region.trim();
        if (!REGION.matcher(regionOrEmpty).matches()) {
            throw new EndpointNotAllowedException("storage.region holds other characters than letters, digits and '-'");
        }
        if (bucket == null || !BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
            throw new EndpointNotAllowedException(
                    "storage.bucket is not a bucket name: 3 to 63 characters of a-z, 0-9, '.' and '-'");
        }
        URI uri = normal(endpoint);
        if (uri.getHost().contains(".amazonaws.com")
                && !AMAZON.matcher(uri.getHost()).matches()) {
            throw new EndpointNotAllowedException("storage.endpoint " + uri
                    + " is not where a JuiceFS client would look; write https://s3.<region>.amazonaws.com");
        }
        return new BucketAddress(uri, regionOrEmpty, bucket);
    }

    private static URI normal(String endpoint) throws EndpointNotAllowedException {
        URI uri;
        try {
            uri = new URI(endpoint == null ? "" : endpoint.trim());
        } catch (URISyntaxException e) {
            throw new EndpointNotAllowedException(
                    "storage.endpoint is not a URL; write https://host or https://host:port");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        boolean rootPath = "".equals(uri.getRawPath()) || "/".equals(uri.getRawPath());
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null || !plain || !rootPath) {
            throw new EndpointNotAllowedException(
                    "storage.endpoint must be https://host or https://host:port, without user, path and query,"
                            + " and its host a name or an address in its usual form");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new EndpointNotAllowedException("storage.endpoint has a port beyond 1 to 65535");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return URI.create(scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
    }

    /**
     * Reads a bucket's URL out of a volume's setting, by the rules of JuiceFS: the first path element is the bucket, and
     * without a path the first label of the host is.
     *
     * @param url the URL, whoever wrote it
     * @return the address, its region empty; or empty if JuiceFS would not understand it as S3 either
     */
    static Optional<BucketAddress> fromUrl(String url) {
        try {
            String text = url.contains("://") ? url : (url.endsWith(".amazonaws.com") ? "https://" : "http://") + url;
            URI uri = new URI(text);
            if (uri.getHost() == null) {
                return Optional.empty();
            }
            String[] path = uri.getRawPath().split("/", 3);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            if (path.length > 1 && !path[1].isEmpty()) {
                return Optional.of(parse(uri.getScheme() + "://" + uri.getHost() + port, "", path[1]));
            }
            int cut = uri.getHost().contains(".amazonaws.com")
                    ? uri.getHost().indexOf(".s3")
                    : uri.getHost().indexOf('.');
            return cut < 1
                    ? Optional.empty()
                    : Optional.of(parse(
                            uri.getScheme() + "://" + uri.getHost().substring(cut + 1) + port,
                            "",
                            uri.getHost().substring(0, cut)));
        } catch (URISyntaxException | EndpointNotAllowedException e) {
            return Optional.empty();
        }
    }

    /**
     * @return {@code <endpoint>/<bucket>}, as it stands in a volume's setting
     */
    public String url() {
        return endpoint + "/" + bucket;
    }

    /**
     * The region that a JuiceFS client signs for: of an Amazon endpoint the one in its host, else the one given, which a
     * client gets as {@code AWS_REGION}, else us-east-1.
     *
     * @return the region; never empty
     */
    public String signingRegion() {
        Matcher amazon = AMAZON.matcher(endpoint.getHost());
        if (!amazon.matches()) {
            return region.isEmpty() ? DEFAULT_REGION : region;
        }
        String named = amazon.group("region") != null ? amazon.group("region") : amazon.group("china");
        return named == null || named.equals("external-1") ? DEFAULT_REGION : named;
    }

    /**
     * @return host of the endpoint, without brackets
     */
    String host() {
        String host = endpoint.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * @param other another address
     * @return whether both are the same bucket, whatever region they name and however they spell a default port
     */
    boolean isSameBucketAs(BucketAddress other) {
        return bucket.equals(other.bucket) && place().equals(other.place());
    }

    private String place() {
        if (AMAZON.matcher(endpoint.getHost()).matches()) {
            return "amazon " + signingRegion();
        }
        int standard = endpoint.getScheme().equals("https") ? 443 : 80;
        return endpoint.getScheme() + " " + endpoint.getHost() + " "
                + (endpoint.getPort() < 0 ? standard : endpoint.getPort());
    }
}
