package io.tonbo.artifacts.operator.juicefs;

import java.net.InetAddress;
import java.util.Collection;

/** Which bucket endpoints the operator connects to. */
public final class EndpointPolicy {
    /**
     * @param allowed what the administrator allows beyond public addresses over https
     * @param apiServers the addresses of the Kubernetes API server, refused unless allowed by name
     */
    public EndpointPolicy(AllowedEndpoints allowed, Collection<InetAddress> apiServers) {}

    /**
     * Resolves the endpoint's host once and checks every address.
     *
     * @param address the bucket's address
     * @return the endpoint with the addresses to connect to
     * @throws EndpointNotAllowedException if any of them is refused, or http is
     * @throws BucketException of kind UNAVAILABLE if the host cannot be resolved
     */
    public PinnedEndpoint resolve(BucketAddress address) throws EndpointNotAllowedException, BucketException {
        return null;
    }
}
