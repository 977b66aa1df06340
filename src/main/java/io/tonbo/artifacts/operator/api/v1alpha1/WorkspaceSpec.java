package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** What the user wants of a workspace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.adoptionPolicy) || self.adoptionPolicy != 'Adopt' || has(self.connectionSecretRef)",
        message =
                """
        adoptionPolicy Adopt needs a connectionSecretRef: with the operator's shared connection any namespace \
        could take over any workspace""",
        fieldPath = ".adoptionPolicy")
public class WorkspaceSpec {
    @JsonPropertyDescription(
            """
            Name of the workspace in the Tonbo account. Default: metadata.name. 2 to 40 characters: a-z, 0-9 \
            and '-', starting with a letter and ending with a letter or digit. Can change until \
            status.workspaceId is set; to have another name after that, create another Workspace.""")
    @Size(min = 2, max = 40)
    @ValidationRule(
            value = "self.matches('^[a-z][a-z0-9-]{0,38}[a-z0-9]$')",
            message =
                    """
            name must be 2-40 characters, a-z, 0-9 and '-', starting with a letter and ending with a letter or \
            digit""")
    private String name;

    @JsonPropertyDescription(
            """
            The bucket that holds the workspace's data. bucket, endpoint, region and prefix can change until \
            the workspace is active, to correct a mistake; then they are fixed (credentialsSecretRef is not).""")
    @Required
    private StorageSpec storage;

    @JsonPropertyDescription(
            """
            How clients are advised to cache. One of interactive (people and agents at work; the default), \
            benchmark (measured runs), custom (cache settings of your own). Can change until the workspace is \
            active, then it is fixed.""")
    @Default("interactive")
    @SchemaFrom(type = CacheProfile.class)
    private String cacheProfile = CacheProfile.INTERACTIVE.value();

    @JsonPropertyDescription(
            """
            Secret whose key token holds the Tonbo token (art_..., tbo_... or a JWT) of the account to work \
            in. Default: none, which means the operator's shared connection, if the administrator allows it to \
            this namespace. Its name can change at any time, to rotate a token within the account; once \
            status.workspaceId is set the field can be neither added nor removed, because that would change \
            the account.""")
    private LocalSecretReference connectionSecretRef;

    @JsonPropertyDescription(
            """
            What to do about an active workspace of that name that this object did not create. Never \
            (default): leave it alone and report WorkspaceExists. Adopt: take it over, if the bucket's keys \
            prove that its data is yours; needs connectionSecretRef. Can change at any time.""")
    @Default("Never")
    private AdoptionPolicy adoptionPolicy = AdoptionPolicy.NEVER;

    @JsonPropertyDescription(
            """
            What becomes of the remote workspace when this object is deleted. Retain (default): it stays and \
            can be adopted later. Delete: it is deleted, and with it the index of its files, which cannot be \
            undone; the chunks in the bucket stay. A workspace that never became active is deleted either way, \
            as it holds nothing. Can change at any time, also after kubectl delete.""")
    @Default("Retain")
    private DeletionPolicy deletionPolicy = DeletionPolicy.RETAIN;

    @JsonPropertyDescription(
            """
            true: the operator makes no calls for this workspace and leaves its Ready condition as it is; \
            mounts go on working. Default: false. Can change at any time. It does not hold up a deletion.""")
    private Boolean suspend;

    /** Workspace name in the account, null for the resource's own; see {@link Workspace#workspaceName()}. */
    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** Where the data lives; required by the CustomResourceDefinition. */
    public StorageSpec getStorage() {
        return storage;
    }

    public void setStorage(StorageSpec storage) {
        this.storage = storage;
    }

    /** One of {@link CacheProfile}, or what a newer CustomResourceDefinition lets in; never null. */
    public String getCacheProfile() {
        return cacheProfile;
    }

    public void setCacheProfile(String cacheProfile) {
        this.cacheProfile = cacheProfile == null ? CacheProfile.INTERACTIVE.value() : cacheProfile;
    }

    /** Secret with the Tonbo token, null for the operator's shared connection. */
    public LocalSecretReference getConnectionSecretRef() {
        return connectionSecretRef;
    }

    public void setConnectionSecretRef(LocalSecretReference connectionSecretRef) {
        this.connectionSecretRef = connectionSecretRef;
    }

    /** Whether to take over an active workspace of that name; never null. */
    public AdoptionPolicy getAdoptionPolicy() {
        return adoptionPolicy;
    }

    public void setAdoptionPolicy(AdoptionPolicy adoptionPolicy) {
        this.adoptionPolicy = adoptionPolicy == null ? AdoptionPolicy.NEVER : adoptionPolicy;
    }

    /** What a deletion does to the remote workspace; never null. */
    public DeletionPolicy getDeletionPolicy() {
        return deletionPolicy;
    }

    public void setDeletionPolicy(DeletionPolicy deletionPolicy) {
        this.deletionPolicy = deletionPolicy == null ? DeletionPolicy.RETAIN : deletionPolicy;
    }

    /** Whether the operator leaves the workspace alone; null means no, see {@link #suspended()}. */
    public Boolean getSuspend() {
        return suspend;
    }

    public void setSuspend(Boolean suspend) {
        this.suspend = suspend;
    }

    /** Whether the operator makes no calls for this workspace until that changes. */
    public boolean suspended() {
        return Boolean.TRUE.equals(suspend);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkspaceSpec that
                && Objects.equals(name, that.name)
                && Objects.equals(storage, that.storage)
                && Objects.equals(cacheProfile, that.cacheProfile)
                && Objects.equals(connectionSecretRef, that.connectionSecretRef)
                && Objects.equals(adoptionPolicy, that.adoptionPolicy)
                && Objects.equals(deletionPolicy, that.deletionPolicy)
                && Objects.equals(suspend, that.suspend);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, storage, cacheProfile, connectionSecretRef, adoptionPolicy, deletionPolicy, suspend);
    }

    @Override
    public String toString() {
        return "WorkspaceSpec{name=" + name + ", storage=" + storage + ", cacheProfile=" + cacheProfile
                + ", connectionSecretRef=" + connectionSecretRef + ", adoptionPolicy=" + adoptionPolicy
                + ", deletionPolicy=" + deletionPolicy + ", suspend=" + suspend + "}";
    }
}
