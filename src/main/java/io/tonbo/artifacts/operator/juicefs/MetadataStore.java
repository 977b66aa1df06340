package io.tonbo.artifacts.operator.juicefs;

import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The metadata Redis of one volume, as far as formatting needs it. Not for use by several threads at once. */
public final class MetadataStore implements AutoCloseable {
    private MetadataStore() {}

    /**
     * @param endpoint server and credentials
     * @param keyPrefix what every key begins with; may be empty
     * @param tls what to trust, or null for the JDK's default
     * @param timeouts deadlines
     * @return the store; the connection is made by the first call
     */
    public static MetadataStore open(
            MetadataEndpoint endpoint, String keyPrefix, SSLContext tls, MetadataTimeouts timeouts) {
        return null;
    }

    /**
     * @return the volume's setting, or empty when the prefix is not formatted
     * @throws MetadataException if it cannot be read
     */
    public Optional<VolumeSetting> readSetting() throws MetadataException {
        return Optional.empty();
    }

    /**
     * Creates the trash and the root directory unless they are there; never changes one that is.
     *
     * @param now the time they are created at
     * @throws MetadataException if that cannot be written
     */
    public void createInodes(Instant now) throws MetadataException {}

    /**
     * Writes the setting if there is none. This is the commit point of a format, and says whose the volume is.
     *
     * @param setting ours
     * @return true if it was written, false if somebody's is there already
     * @throws MetadataException if that is not known; it may have been written then
     */
    public boolean claim(VolumeSetting setting) throws MetadataException {
        return false;
    }

    @Override
    public void close() {}
}
