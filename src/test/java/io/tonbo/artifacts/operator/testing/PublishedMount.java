package io.tonbo.artifacts.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tonbo.artifacts.sandbox.juicefs.JuiceFsClient;
import java.util.HashMap;
import java.util.Map;

/** The real JuiceFS client, told nothing but what a published Secret says. */
public final class PublishedMount {
    private PublishedMount() {}

    /**
     * As a container mounts that has the Secret as its environment.
     *
     * @param data the Secret's values
     */
    public static JuiceFsClient asPod(Map<String, String> data) {
        return client(data, environment(data));
    }

    /**
     * As one mounts that does not pass the mount options on.
     *
     * @param data the Secret's values
     */
    public static JuiceFsClient asCarelessPod(Map<String, String> data) {
        return client(without(data, "mount-options"), environment(data));
    }

    /**
     * As the JuiceFS CSI driver mounts: the environment is what key {@code envs} says.
     *
     * @param data the Secret's values
     */
    public static JuiceFsClient asDriver(Map<String, String> data) {
        try {
            Map<String, String> envs = new ObjectMapper().readValue(data.get("envs"), new TypeReference<>() {});
            return client(without(data, "mount-options"), envs);
        } catch (JsonProcessingException e) {
            throw new AssertionError("envs is no JSON", e);
        }
    }

    private static Map<String, String> environment(Map<String, String> data) {
        Map<String, String> environment = new HashMap<>(data);
        environment.keySet().removeIf(key -> !key.startsWith("AWS_"));
        return environment;
    }

    private static Map<String, String> without(Map<String, String> data, String key) {
        Map<String, String> rest = new HashMap<>(data);
        rest.remove(key);
        return rest;
    }

    /** It looks for the prefix by the number that ends the URL: another prefix than the published one would be another volume. */
    private static JuiceFsClient client(Map<String, String> data, Map<String, String> environment) {
        String url = data.get("metaurl");
        assertThat(data.get("key-prefix")).isEqualTo("{" + url.substring(url.lastIndexOf('/') + 1) + "}");
        return new JuiceFsClient(data.get("name"), url, data.getOrDefault("mount-options", ""), environment);
    }
}
