package io.tonbo.artifacts.operator.juicefs;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Turns a host name into addresses. */
@FunctionalInterface
interface HostResolver {
    /**
     * @param host a name or an address
     * @return its addresses; at least one
     * @throws UnknownHostException if it has none, or no name server answers
     */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
