package io.tonbo.artifacts.operator.juicefs;

import io.tonbo.artifacts.operator.telemetry.Traces;
import javax.net.ssl.SSLContext;

/**
 * Opens the bucket and the metadata of a workspace.
 *
 * @param policy which endpoints may be connected to
 * @param tls what to trust, or null for the JDK's default
 * @param traces where requests to both are traced
 */
public record VolumeAccess(EndpointPolicy policy, SSLContext tls, Traces traces) {

    /**
     * @param address where the bucket is
     * @param keys its keys
     * @return the bucket, to be closed by the caller
     * @throws EndpointNotAllowedException if its endpoint may not be connected to
     * @throws BucketException if its endpoint cannot be resolved
     */
    public Bucket bucket(BucketAddress address, BucketKeys keys) throws EndpointNotAllowedException, BucketException {
        return Bucket.open(address, keys, policy.resolve(address), tls, BucketTimeouts.DEFAULT, traces);
    }

    /**
     * @param metadataUrl URL of the metadata Redis, with user and password
     * @param keyPrefix prefix of the volume's keys, may be empty
     * @return the volume's metadata, to be closed by the caller
     * @throws MetadataException if the URL cannot be read, or the Redis cannot be reached or refuses
     */
    public MetadataStore metadata(String metadataUrl, String keyPrefix) throws MetadataException {
        MetadataEndpoint endpoint = MetadataEndpoint.parse(metadataUrl, keyPrefix);
        return MetadataStore.open(endpoint, keyPrefix, tls, MetadataTimeouts.DEFAULT, traces);
    }
}
