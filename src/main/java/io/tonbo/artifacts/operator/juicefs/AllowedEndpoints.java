package io.tonbo.artifacts.operator.juicefs;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The hosts and networks that an administrator allows as bucket endpoints although they are private, and with plain http. */
public final class AllowedEndpoints {
    /** Nothing besides public addresses over https. */
    public static final AllowedEndpoints NONE = new AllowedEndpoints(Set.of(), List.of());

    private static final Pattern HOST =
            Pattern.compile("(?=.*[a-z])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");

    private final Set<String> hosts;
    private final List<AddressBlock> blocks;

    private AllowedEndpoints(Set<String> hosts, List<AddressBlock> blocks) {
        this.hosts = Set.copyOf(hosts);
        this.blocks = List.copyOf(blocks);
    }

    /**
     * @param list host names, addresses or CIDR blocks, separated by commas; null or blank for none
     * @return the parsed list
     * @throws IllegalArgumentException naming the first entry that is none of these
     */
    public static AllowedEndpoints parse(String list) {
        Set<String> hosts = new HashSet<>();
        List<AddressBlock> blocks = new ArrayList<>();
        for (String raw : (list == null ? "" : list).split(",", -1)) {
            String entry = raw.trim().toLowerCase(Locale.ROOT);
            if (entry.isEmpty()) {
                continue;
            }
            Optional<AddressBlock> block = AddressBlock.parse(unbracketed(entry));
            String host = entry.endsWith(".") ? entry.substring(0, entry.length() - 1) : entry;
            if (block.isPresent()) {
                blocks.add(block.get());
            } else if (HOST.matcher(host).matches()) {
                hosts.add(host);
            } else {
                throw new IllegalArgumentException("'" + raw.trim()
                        + "' is neither a host name, nor an address, nor a CIDR block; give hosts without scheme and port,"
                        + " for example minio.storage.svc,10.1.0.0/16");
            }
        }
        return new AllowedEndpoints(hosts, blocks);
    }

    private static String unbracketed(String entry) {
        return entry.startsWith("[") && entry.endsWith("]") ? entry.substring(1, entry.length() - 1) : entry;
    }

    /**
     * @param host an endpoint's host, lower case, without brackets and trailing dot
     * @param address one of its addresses
     * @return whether the administrator allowed the host, or a network with the address in it
     */
    boolean allow(String host, InetAddress address) {
        return hosts.contains(host) || blocks.stream().anyMatch(block -> block.contains(address));
    }

    /**
     * @param host as for {@link #allow}
     * @param address one of its addresses
     * @return whether the administrator allowed just this host or just this address, not only a network around it
     */
    boolean name(String host, InetAddress address) {
        return hosts.contains(host) || blocks.stream().anyMatch(block -> block.isSingle() && block.contains(address));
    }
}
