package io.tonbo.artifacts.operator.juicefs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of IP addresses in CIDR notation.
 *
 * @param network its first address; 4 or 16 bytes
 * @param bits how many leading bits are fixed
 */
record AddressBlock(InetAddress network, int bits) {
    private static final Pattern IPV4 = Pattern.compile(
            "(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    /**
     * @param text an address, or an address, a slash and a number of bits
     * @return the block, or empty if the text is no such thing
     */
    static Optional<AddressBlock> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int all = address.get().getAddress().length * 8;
        if (slash < 0) {
            return Optional.of(new AddressBlock(address.get(), all));
        }
        String bits = text.substring(slash + 1);
        return bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= all
                ? Optional.of(new AddressBlock(address.get(), Integer.parseInt(bits)))
                : Optional.empty();
    }

    /**
     * @param text an address in its usual form: four decimal numbers without leading zeros, or IPv6; no zone
     * @return the address, or empty; never asks a name server
     */
    static Optional<InetAddress> literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * @param address any address
     * @return whether it lies in this block; IPv4 and IPv6 never mix
     */
    boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(mine, 0, whole, other, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((mine[whole] ^ other[whole]) & 0xFF) >> (8 - rest) == 0;
    }

    /**
     * @return whether it is one address
     */
    boolean isSingle() {
        return bits == network.getAddress().length * 8;
    }
}
