package io.tonbo.artifacts.operator.juicefs;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/**
 * An endpoint that was checked, with the very addresses that were: connections go to these and to no other.
 *
 * @param endpoint the endpoint of the bucket's address
 * @param addresses what its host resolved to; at least one
 */
public record PinnedEndpoint(URI endpoint, List<InetAddress> addresses) {}
