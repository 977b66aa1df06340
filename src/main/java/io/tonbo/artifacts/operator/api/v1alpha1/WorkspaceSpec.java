package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** What the user wants of a workspace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class WorkspaceSpec {
    private String name;

    private StorageSpec storage;

    private String cacheProfile = CacheProfile.INTERACTIVE;

    private LocalSecretReference connectionSecretRef;

    private AdoptionPolicy adoptionPolicy = AdoptionPolicy.NEVER;

    private DeletionPolicy deletionPolicy = DeletionPolicy.RETAIN;

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
        this.cacheProfile = cacheProfile == null ? CacheProfile.INTERACTIVE : cacheProfile;
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
