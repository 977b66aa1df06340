package io.tonbo.artifacts.operator.juicefs;

import java.net.URI;

/**
 * Where a bucket is.
 *
 * @param endpoint scheme, host and port; host in lower case, no path
 * @param region the region to sign for as the user gave it; {@code auto} for Tigris and R2, never null, may be empty
 * @param bucket the bucket's name
 */
public record BucketAddress(URI endpoint, String region, String bucket) {
    /**
     * Reads an endpoint as users write it.
     *
     * @param endpoint {@code http(s)://host[:port][/]}
     * @param region the region, or null or empty for the default
     * @param bucket the bucket's name
     * @return the address
     * @throws EndpointNotAllowedException if the endpoint is not of that form, with the reason
     */
    public static BucketAddress parse(String endpoint, String region, String bucket)
            throws EndpointNotAllowedException {
        return null;
    }

    /**
     * @return {@code <endpoint>/<bucket>}, as it stands in a volume's setting
     */
    public String url() {
        return endpoint + "/" + bucket;
    }
}
