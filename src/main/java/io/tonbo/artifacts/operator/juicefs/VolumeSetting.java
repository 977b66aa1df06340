package io.tonbo.artifacts.operator.juicefs;

import java.util.UUID;

/**
 * A volume's {@code setting}: the fields that say whose it is and where its data goes.
 *
 * @param name the volume's name; empty when a foreign setting has none
 * @param uuid the volume's UUID as text; empty when a foreign setting has none
 * @param bucket the bucket's URL, {@code <endpoint>/<bucket>}; empty when a foreign setting has none
 */
public record VolumeSetting(String name, String uuid, String bucket) {
    /**
     * @param name the volume's name, as the orchestrator gave it
     * @param uuid of the workspace id and the resource's uid
     * @param address the bucket
     * @return the setting we write
     */
    public static VolumeSetting of(String name, UUID uuid, BucketAddress address) {
        return new VolumeSetting(name, uuid.toString(), address.url());
    }

    /**
     * @param value what a {@code setting} key holds, whoever wrote it
     * @return its fields; what is absent or unreadable is empty, so that it is nobody's we know
     */
    public static VolumeSetting parse(byte[] value) {
        return null;
    }

    /**
     * @return the value of the {@code setting} key, byte for byte as JuiceFS writes it
     */
    public byte[] encode() {
        return null;
    }

    /**
     * @param other a UUID
     * @return whether this setting carries it
     */
    public boolean has(UUID other) {
        return uuid.equalsIgnoreCase(other.toString());
    }

    /**
     * @param volume a volume's name
     * @param address a bucket
     * @return whether this setting is of that volume in that bucket, however its URL is spelt
     */
    public boolean describes(String volume, BucketAddress address) {
        return false;
    }
}
