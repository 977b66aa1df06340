package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** The storage that was formatted; set together with the first Ready, never changed after. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class FormattedStorage {
    @JsonPropertyDescription("Bucket that was formatted.")
    @Required
    @Size(max = 63)
    private String bucket;

    @JsonPropertyDescription("Base URL of its S3 service.")
    @Required
    @Size(max = 253)
    private String endpoint;

    @JsonPropertyDescription("Region that requests to it are signed for.")
    @Required
    @Size(max = 63)
    private String region;

    @JsonPropertyDescription("Prefix noted with Tonbo, empty for none.")
    @Required
    @Size(max = 256)
    private String prefix;

    /** For Jackson. */
    public FormattedStorage() {}

    public FormattedStorage(String bucket, String endpoint, String region, String prefix) {
        this.bucket = bucket;
        this.endpoint = endpoint;
        this.region = region;
        this.prefix = prefix;
    }

    /** Bucket name. */
    public String getBucket() {
        return bucket;
    }

    public void setBucket(String bucket) {
        this.bucket = bucket;
    }

    /** Base URL of the S3 service. */
    public String getEndpoint() {
        return endpoint;
    }

    public void setEndpoint(String endpoint) {
        this.endpoint = endpoint;
    }

    /** Region, as in the spec then. */
    public String getRegion() {
        return region;
    }

    public void setRegion(String region) {
        this.region = region;
    }

    /** Prefix, empty for none. */
    public String getPrefix() {
        return prefix;
    }

    public void setPrefix(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FormattedStorage that
                && Objects.equals(bucket, that.bucket)
                && Objects.equals(endpoint, that.endpoint)
                && Objects.equals(region, that.region)
                && Objects.equals(prefix, that.prefix);
    }

    @Override
    public int hashCode() {
        return Objects.hash(bucket, endpoint, region, prefix);
    }

    @Override
    public String toString() {
        return "FormattedStorage{bucket=" + bucket + ", endpoint=" + endpoint + ", region=" + region + ", prefix="
                + prefix + "}";
    }
}
