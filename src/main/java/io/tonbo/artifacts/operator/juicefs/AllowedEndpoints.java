package io.tonbo.artifacts.operator.juicefs;

/** The hosts and networks that an administrator allows as bucket endpoints although they are private, and with plain http. */
public final class AllowedEndpoints {
    /** Nothing besides public addresses over https. */
    public static final AllowedEndpoints NONE = new AllowedEndpoints();

    /**
     * @param list host names, addresses or CIDR blocks, separated by commas; null or blank for none
     * @return the parsed list
     * @throws IllegalArgumentException naming the first entry that is none of these
     */
    public static AllowedEndpoints parse(String list) {
        return null;
    }
}
