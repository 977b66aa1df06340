package io.tonbo.artifacts.operator.juicefs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which bucket endpoints the operator connects to. Whoever writes a resource chooses the endpoint, and must not reach by it
 * what only the operator can: the cloud's metadata service, the API server, other people's services.
 */
public final class EndpointPolicy {
    private static final String WAY_OUT = "an administrator can allow it in ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS";

    /** C libraries read such a host as an address, in octal or with parts left out, and not all of them as the same one. */
    private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:0x[0-9a-f]*|[0-9]+)");

    private final AllowedEndpoints allowed;
    private final Set<InetAddress> apiServers;
    private final HostResolver resolver;

    /**
     * @param allowed what the administrator allows beyond public addresses over https
     * @param apiServers the addresses of the Kubernetes API server, refused unless allowed one by one
     */
    public EndpointPolicy(AllowedEndpoints allowed, Collection<InetAddress> apiServers) {
        this(allowed, apiServers, InetAddress::getAllByName);
    }

    EndpointPolicy(AllowedEndpoints allowed, Collection<InetAddress> apiServers, HostResolver resolver) {
        this.allowed = allowed;
        this.apiServers = Set.copyOf(apiServers);
        this.resolver = resolver;
    }

    /**
     * Resolves the endpoint's host once and checks every address.
     *
     * @param address the bucket's address
     * @return the endpoint with the addresses to connect to
     * @throws EndpointNotAllowedException if any of them is refused, or http is
     * @throws BucketException of kind UNAVAILABLE if the host cannot be resolved
     */
    public PinnedEndpoint resolve(BucketAddress address) throws EndpointNotAllowedException, BucketException {
        String host = address.host();
        if (NUMBER.matcher(host).matches() && AddressBlock.literal(host).isEmpty()) {
            throw new EndpointNotAllowedException(
                    "storage.endpoint: " + host + " is a number; write an address as four decimal numbers, or a name");
        }
        List<InetAddress> addresses = lookUp(host);
        for (InetAddress one : addresses) {
            check(host, one);
        }
        boolean https = address.endpoint().getScheme().equals("https");
        if (!https && !addresses.stream().allMatch(one -> isAllowed(host, one))) {
            throw new EndpointNotAllowedException(
                    "storage.endpoint: http sends data in the clear; use https for " + host + ", or " + WAY_OUT);
        }
        return new PinnedEndpoint(address.endpoint(), addresses);
    }

    private List<InetAddress> lookUp(String host) throws EndpointNotAllowedException, BucketException {
        if (host.indexOf('%') >= 0) {
            throw new EndpointNotAllowedException("storage.endpoint: an address with a zone is not allowed");
        }
        Optional<InetAddress> literal = AddressBlock.literal(host);
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        try {
            return List.of(resolver.resolve(host));
        } catch (UnknownHostException e) {
            throw new BucketException(
                    BucketException.Kind.UNAVAILABLE,
                    BucketOperation.RESOLVE,
                    null,
                    0,
                    "the host of storage.endpoint, " + host + ", cannot be resolved");
        }
    }

    private void check(String host, InetAddress one) throws EndpointNotAllowedException {
        boolean forbidden = AddressClass.of(one) == AddressClass.UNUSABLE
                || (AddressClass.of(one) == AddressClass.INTERNAL && !isAllowed(host, one))
                || (isApiServer(one) && !allowed.name(host, one));
        if (forbidden) {
            throw new EndpointNotAllowedException("storage.endpoint: " + host + " is not a public address; " + WAY_OUT);
        }
    }

    private boolean isAllowed(String host, InetAddress one) {
        return allowed.allow(host, one)
                || AddressClass.embedded(one)
                        .filter(inner -> allowed.allow(host, inner))
                        .isPresent();
    }

    private boolean isApiServer(InetAddress one) {
        return apiServers.contains(one)
                || AddressClass.embedded(one).filter(apiServers::contains).isPresent();
    }
}
