package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** The bucket that holds a workspace's data, and the Secret with the keys to it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class StorageSpec {
    /** Region when the spec names none. */
    public static final String DEFAULT_REGION = "auto";

    private String bucket;

    private String endpoint;

    private String region = DEFAULT_REGION;

    private String prefix = "";

    private LocalSecretReference credentialsSecretRef;

    /** Bucket name; required by the CustomResourceDefinition. */
    public String getBucket() {
        return bucket;
    }

    public void setBucket(String bucket) {
        this.bucket = bucket;
    }

    /** Base URL of the S3 service, no path; required by the CustomResourceDefinition. */
    public String getEndpoint() {
        return endpoint;
    }

    public void setEndpoint(String endpoint) {
        this.endpoint = endpoint;
    }

    /** Region to sign for; never null. */
    public String getRegion() {
        return region;
    }

    public void setRegion(String region) {
        this.region = region == null ? DEFAULT_REGION : region;
    }

    /** Prefix that is passed on to the orchestrator, empty for none; never null. */
    public String getPrefix() {
        return prefix;
    }

    public void setPrefix(String prefix) {
        this.prefix = prefix == null ? "" : prefix;
    }

    /** Secret with the bucket's keys; required by the CustomResourceDefinition. */
    public LocalSecretReference getCredentialsSecretRef() {
        return credentialsSecretRef;
    }

    public void setCredentialsSecretRef(LocalSecretReference credentialsSecretRef) {
        this.credentialsSecretRef = credentialsSecretRef;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StorageSpec that
                && Objects.equals(bucket, that.bucket)
                && Objects.equals(endpoint, that.endpoint)
                && Objects.equals(region, that.region)
                && Objects.equals(prefix, that.prefix)
                && Objects.equals(credentialsSecretRef, that.credentialsSecretRef);
    }

    @Override
    public int hashCode() {
        return Objects.hash(bucket, endpoint, region, prefix, credentialsSecretRef);
    }

    @Override
    public String toString() {
        return "StorageSpec{bucket=" + bucket + ", endpoint=" + endpoint + ", region=" + region + ", prefix=" + prefix
                + ", credentialsSecretRef=" + credentialsSecretRef + "}";
    }
}
