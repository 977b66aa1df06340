package io.tonbo.artifacts.operator.juicefs;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A volume's {@code setting}: the fields that say whose it is and where its data goes. It never holds an access key: with
 * none in it, a JuiceFS client takes the one in its environment.
 *
 * @param name the volume's name; empty when a foreign setting has none
 * @param uuid the volume's UUID as text; empty when a foreign setting has none
 * @param bucket the bucket's URL, {@code <endpoint>/<bucket>}; empty when a foreign setting has none
 */
public record VolumeSetting(String name, String uuid, String bucket) {
    /** Key, after the prefix. */
    static final String KEY = "setting";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VOLUME_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

    /**
     * @param name the volume's name, as the orchestrator gave it
     * @param uuid of the workspace id and the resource's uid
     * @param address the bucket
     * @return the setting we write
     * @throws IllegalArgumentException if that is no name for a volume
     */
    public static VolumeSetting of(String name, UUID uuid, BucketAddress address) {
        return new VolumeSetting(requireVolumeName(name), uuid.toString(), address.url());
    }

    /**
     * @param name what the orchestrator calls a volume
     * @return whether JuiceFS accepts it: 3 to 63 of a-z, 0-9 and '-', no '-' at either end
     */
    public static boolean isVolumeName(String name) {
        return name != null && VOLUME_NAME.matcher(name).matches();
    }

    static String requireVolumeName(String name) {
        if (!isVolumeName(name)) {
            throw new IllegalArgumentException(
                    "the volume's name is not one that JuiceFS accepts: 3 to 63 characters of a-z, 0-9 and '-'");
        }
        return name;
    }

    /**
     * @param value what a {@code setting} key holds, whoever wrote it
     * @return its fields; what is absent or unreadable is empty, so that it is nobody's we know
     */
    public static VolumeSetting parse(byte[] value) {
        try {
            JsonNode root = JSON.readTree(value);
            return new VolumeSetting(text(root, "Name"), text(root, "UUID"), text(root, "Bucket"));
        } catch (IOException e) {
            return new VolumeSetting("", "", "");
        }
    }

    private static String text(JsonNode root, String field) {
        return root.path(field).isTextual() ? root.path(field).textValue() : "";
    }

    /**
     * The value of the {@code setting} key, laid out byte for byte as JuiceFS does. DirStats is off, because with it on a
     * client must be 1.1 or newer; so there is no MinClientVersion either.
     *
     * @return JSON in UTF-8
     */
    public byte[] encode() {
        return """
                {
                "Name": "%s",
                "UUID": "%s",
                "Storage": "s3",
                "Bucket": "%s",
                "BlockSize": 4096,
                "Compression": "none",
                "EncryptAlgo": "aes256gcm-rsa",
                "TrashDays": 1,
                "MetaVersion": 1,
                "DirStats": false,
                "EnableACL": false
                }"""
                .formatted(escaped(name), escaped(uuid), escaped(bucket))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
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
        return name.equals(volume)
                && BucketAddress.fromUrl(bucket).filter(address::isSameBucketAs).isPresent();
    }
}
