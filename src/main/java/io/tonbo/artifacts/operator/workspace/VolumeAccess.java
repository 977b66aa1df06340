package io.tonbo.artifacts.operator.workspace;

import io.tonbo.artifacts.operator.juicefs.Bucket;
import io.tonbo.artifacts.operator.juicefs.BucketAddress;
import io.tonbo.artifacts.operator.juicefs.BucketException;
import io.tonbo.artifacts.operator.juicefs.BucketKeys;
import io.tonbo.artifacts.operator.juicefs.BucketTimeouts;
import io.tonbo.artifacts.operator.juicefs.EndpointNotAllowedException;
import io.tonbo.artifacts.operator.juicefs.EndpointPolicy;
import io.tonbo.artifacts.operator.juicefs.MetadataEndpoint;
import io.tonbo.artifacts.operator.juicefs.MetadataException;
import io.tonbo.artifacts.operator.juicefs.MetadataStore;
import io.tonbo.artifacts.operator.juicefs.MetadataTimeouts;
import io.tonbo.artifacts.operator.orchestrator.FormatGrant;
import javax.net.ssl.SSLContext;

/**
 * Opens the bucket and the metadata of a workspace.
 *
 * @param policy which endpoints may be connected to
 * @param tls what to trust, or null for the JDK's default
 */
public record VolumeAccess(EndpointPolicy policy, SSLContext tls) {

    Bucket bucket(BucketAddress address, BucketKeys keys) throws EndpointNotAllowedException, BucketException {
        return Bucket.open(address, keys, policy.resolve(address), tls, BucketTimeouts.DEFAULT);
    }

    MetadataStore metadata(FormatGrant grant, String keyPrefix) throws MetadataException {
        MetadataEndpoint endpoint = MetadataEndpoint.parse(grant.metadataUrl().reveal(), keyPrefix);
        return MetadataStore.open(endpoint, keyPrefix, tls, MetadataTimeouts.DEFAULT);
    }
}
