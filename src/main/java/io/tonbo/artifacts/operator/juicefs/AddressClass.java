package io.tonbo.artifacts.operator.juicefs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an address is to a bucket endpoint. The blocks are those of IANA's special-purpose registries, and the clouds' own. */
enum AddressClass {
    /** Anybody's, on the internet. */
    PUBLIC,
    /** Of this host, this network or this cloud: an administrator may allow it. */
    INTERNAL,
    /** Nothing to connect to, ever. */
    UNUSABLE;

    private static final List<AddressBlock> UNUSABLE_BLOCKS = blocks(
            "0.0.0.0/8", // this network
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "::/128", // unspecified
            "ff00::/8"); // multicast
    private static final List<AddressBlock> INTERNAL_BLOCKS = blocks(
            "127.0.0.0/8", // loopback
            "10.0.0.0/8", // private
            "172.16.0.0/12", // private
            "192.168.0.0/16", // private
            "169.254.0.0/16", // link-local, most clouds' metadata
            "100.64.0.0/10", // carrier-grade NAT, Alibaba's metadata
            "192.0.0.0/24", // protocol assignments, Oracle's metadata
            "198.18.0.0/15", // benchmarks
            "168.63.129.16/32", // Azure's host
            "::1/128", // loopback
            "fe80::/10", // link-local
            "fec0::/10", // site-local
            "fc00::/7", // unique local, among them fd00:ec2::254
            "64:ff9b:1::/48", // NAT64 for local use
            "2001::/32", // Teredo
            "100::/64"); // discard

    private static final List<Embedding> EMBEDDINGS = List.of(
            new Embedding("::/96", 12), // IPv4-compatible
            new Embedding("::ffff:0:0:0/96", 12), // translated
            new Embedding("64:ff9b::/96", 12), // NAT64
            new Embedding("2002::/16", 2)); // 6to4

    private record Embedding(AddressBlock block, int offset) {
        Embedding(String block, int offset) {
            this(AddressBlock.parse(block).orElseThrow(), offset);
        }
    }

    /**
     * @param address any address
     * @return the worst of what it is and what an IPv4 address inside it is
     */
    static AddressClass of(InetAddress address) {
        AddressClass own = plain(address);
        return embedded(address)
                .map(AddressClass::plain)
                .filter(inner -> inner.compareTo(own) > 0)
                .orElse(own);
    }

    /**
     * @param address any address
     * @return the IPv4 address that a gateway on the way would connect to instead, if it is such an address
     */
    static Optional<InetAddress> embedded(InetAddress address) {
        if (of(UNUSABLE_BLOCKS, address) || address.isLoopbackAddress()) {
            return Optional.empty();
        }
        return EMBEDDINGS.stream()
                .filter(embedding -> embedding.block().contains(address))
                .findFirst()
                .map(embedding -> ipv4(address.getAddress(), embedding.offset()));
    }

    private static AddressClass plain(InetAddress address) {
        if (of(UNUSABLE_BLOCKS, address)) {
            return UNUSABLE;
        }
        return of(INTERNAL_BLOCKS, address) ? INTERNAL : PUBLIC;
    }

    private static boolean of(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static InetAddress ipv4(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<AddressBlock> blocks(String... texts) {
        return Arrays.stream(texts)
                .map(text -> AddressBlock.parse(text).orElseThrow())
                .toList();
    }
}
