package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** The bucket that holds a workspace's data, and the Secret with the keys to it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class StorageSpec {
    /** Region when the spec names none. */
    public static final String DEFAULT_REGION = "auto";

    @JsonPropertyDescription(
            """
            Name of an existing bucket; the operator creates none. 3 to 63 characters: a-z, 0-9, '.' and '-'. \
            Can change until the workspace is active, then it is fixed.""")
    @Required
    @Size(min = 3, max = 63)
    @ValidationRule(
            value = "self.matches('^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$')",
            message =
                    """
            bucket must be a bucket name alone: 3-63 characters, a-z, 0-9, '.' and '-', starting and ending \
            with a letter or digit; no s3://, no path (see prefix)""")
    private String bucket;

    @JsonPropertyDescription(
            """
            Base URL of the S3 service, scheme and host with an optional port, for example \
            https://s3.eu-central-1.amazonaws.com: no path, no bucket, no user or password. At most 253 characters. http, \
            and hosts that are loopback, link-local or private, work only where the operator's administrator \
            allows them (ARTIFACTS_STORAGE_ALLOWED_ENDPOINTS). Can change until the workspace is active, then \
            it is fixed.""")
    @Required
    @Size(max = 253)
    @ValidationRule(
            value =
                    "self.matches(r'^https?://([a-zA-Z0-9.-]+|\\[[0-9a-fA-F:.]+\\])(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?/?$')",
            message =
                    """
            endpoint must be http:// or https://, a host and an optional port, such as \
            https://s3.eu-central-1.amazonaws.com; bucket and prefix have fields of their own, keys belong into the Secret \
            of credentialsSecretRef""")
    private String endpoint;

    @JsonPropertyDescription(
            """
            Region that requests to the bucket are signed for, for example eu-central-1. At Amazon the endpoint's \
            host decides that; keep both the same. Default: auto, which Tigris and Cloudflare R2 want. 2 to 63 \
            characters: a-z, 0-9 and '-'. Can change until the workspace is active, then it is fixed.""")
    @Default(DEFAULT_REGION)
    @Size(min = 2, max = 63)
    @ValidationRule(
            value = "self.matches('^[a-z0-9-]+$')",
            message = "region must be a region's code such as eu-central-1 or auto: a-z, 0-9 and '-'")
    private String region = DEFAULT_REGION;

    @JsonPropertyDescription(
            """
            Prefix noted for this workspace with Tonbo. It does not move the data: objects are stored under \
            the volume's name, see status.volumeName. Default: empty. At most 256 characters: parts of a-z, \
            A-Z, 0-9 and !_.()- separated by '/', with no '/' in front. Can change until the workspace is \
            active, then it is fixed.""")
    @Default("")
    @Size(max = 256)
    @ValidationRule(
            value = "self.matches('^([a-zA-Z0-9!_.()-]+(/[a-zA-Z0-9!_.()-]+)*/?)?$')",
            message =
                    """
            prefix must be parts of a-z, A-Z, 0-9 and !_.()- separated by single '/', without a '/' in front; \
            leave it out for none""")
    private String prefix = "";

    @JsonPropertyDescription(
            """
            Secret with the bucket's keys: ARTIFACTS_S3_ACCESS_KEY_ID and ARTIFACTS_S3_SECRET_ACCESS_KEY, \
            optionally ARTIFACTS_S3_SESSION_TOKEN; the spellings AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and \
            AWS_SESSION_TOKEN do too. The keys never leave the cluster but to sign requests to the bucket. Can \
            change at any time, as can the Secret's content.""")
    @Required
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
