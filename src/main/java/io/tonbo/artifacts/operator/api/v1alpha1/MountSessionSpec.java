package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the user wants of a mount credential. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.rolloutRestartTargets) || size(self.rolloutRestartTargets) == 0 || self.ttlSeconds >= "
                + MountSessionSpec.MIN_TTL_SECONDS_WITH_TARGETS,
        message =
                """
        with rolloutRestartTargets, ttlSeconds must be at least 900, so that a rollout fits between renewal and \
        expiry; raise it, or restart consumers yourself""",
        fieldPath = ".ttlSeconds")
public class MountSessionSpec {
    /** Least value of {@link #getTtlSeconds()}, the service's own. */
    public static final int MIN_TTL_SECONDS = 60;

    /** Least value of {@link #getTtlSeconds()} beside {@link #getRolloutRestartTargets()}. */
    public static final int MIN_TTL_SECONDS_WITH_TARGETS = 900;

    /** Value of {@link #getTtlSeconds()} when the spec has none: a day. */
    public static final int DEFAULT_TTL_SECONDS = 86_400;

    /** Largest value of {@link #getTtlSeconds()}: 30 days. */
    public static final int MAX_TTL_SECONDS = 2_592_000;

    /** Largest number of {@link #getRolloutRestartTargets()}. */
    public static final int MAX_TARGETS = 16;

    @JsonPropertyDescription(
            "The Workspace to mount. Cannot change; for another Workspace create another MountSession.")
    @Required
    @ValidationRule(
            value = "self.name == oldSelf.name",
            message =
                    """
            workspaceRef cannot change, because the Secret's consumers would find other files; create another \
            MountSession""")
    private WorkspaceReference workspaceRef;

    @JsonPropertyDescription(
            """
            ReadWrite (default) or ReadOnly. The Secret asks the client for a read-only mount, as not every \
            version of the service enforces ReadOnly. Cannot change; for the other mode create another \
            MountSession.""")
    @Default("ReadWrite")
    @ValidationRule(value = "self == oldSelf", message = "mode cannot change; create another MountSession")
    private MountMode mode = MountMode.READ_WRITE;

    @JsonPropertyDescription(
            """
            How long a credential works, in seconds; the service may grant less, see status.expiresAt. 60 to \
            2592000 (30 days), at least 900 with rolloutRestartTargets. Default: 86400 (a day). It is renewed \
            when about two thirds are over, but a running mount keeps its credential and ends with it: restart \
            consumers in the last third, or see rolloutRestartTargets. Can change at any time.""")
    @Default("" + DEFAULT_TTL_SECONDS)
    @Min(MIN_TTL_SECONDS)
    @Max(MAX_TTL_SECONDS)
    private Integer ttlSeconds = DEFAULT_TTL_SECONDS;

    @JsonPropertyDescription(
            """
            Name of the Secret that the operator creates in this namespace and keeps current; one that exists \
            already is never overwritten. Default: metadata.name. At most 253 characters: a-z, 0-9, '-' and \
            '.'. Cannot change; for another name create another MountSession.""")
    @Size(min = 1, max = ObjectName.MAX)
    @ValidationRule(
            value = ObjectName.RULE,
            message =
                    """
            secretName must be a name for a Secret: lower case letters, digits, '-' and '.', starting and ending \
            with a letter or digit""")
    private String secretName;

    @JsonPropertyDescription(
            """
            Labels and annotations for the Secret, beside the operator's own. Default: none. Can change at any \
            time.""")
    private SecretTemplate secretTemplate;

    @JsonPropertyDescription(
            """
            Workloads of this namespace to restart, as kubectl rollout restart does, whenever the credential \
            is replaced. Only those are restarted whose Pod template names the Secret or carries the annotation \
            artifacts.tonbo.io/mount-session with this object's name. At most 16. Default: none. Needs \
            ttlSeconds of at least 900. Can change at any time.""")
    @Size(max = MAX_TARGETS)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<WorkloadReference> rolloutRestartTargets = new ArrayList<>();

    @JsonPropertyDescription(
            """
            true: the operator opens and renews no session; the published credential works until it expires, \
            then Ready turns False. Default: false. Can change at any time. It does not hold up a deletion.""")
    private Boolean suspend;

    /** The Workspace to mount; required by the CustomResourceDefinition. */
    public WorkspaceReference getWorkspaceRef() {
        return workspaceRef;
    }

    public void setWorkspaceRef(WorkspaceReference workspaceRef) {
        this.workspaceRef = workspaceRef;
    }

    /** What the credential may do; never null. */
    public MountMode getMode() {
        return mode;
    }

    public void setMode(MountMode mode) {
        this.mode = mode == null ? MountMode.READ_WRITE : mode;
    }

    /**
     * How long a credential is to work, in seconds, {@value #MIN_TTL_SECONDS} to {@value #MAX_TTL_SECONDS}; what is granted
     * may be less. Never null.
     */
    public Integer getTtlSeconds() {
        return ttlSeconds;
    }

    public void setTtlSeconds(Integer ttlSeconds) {
        this.ttlSeconds = ttlSeconds == null ? Integer.valueOf(DEFAULT_TTL_SECONDS) : ttlSeconds;
    }

    /** Name of the Secret, 1 to 253 characters, null for the resource's own; see {@link MountSession#secretName()}. */
    public String getSecretName() {
        return secretName;
    }

    public void setSecretName(String secretName) {
        this.secretName = secretName;
    }

    /** Labels and annotations for the Secret, null for none. */
    public SecretTemplate getSecretTemplate() {
        return secretTemplate;
    }

    public void setSecretTemplate(SecretTemplate secretTemplate) {
        this.secretTemplate = secretTemplate;
    }

    /** Workloads to restart after a renewal, at most {@value #MAX_TARGETS}, one per kind and name; never null. */
    public List<WorkloadReference> getRolloutRestartTargets() {
        return rolloutRestartTargets;
    }

    public void setRolloutRestartTargets(List<WorkloadReference> rolloutRestartTargets) {
        this.rolloutRestartTargets = rolloutRestartTargets == null ? new ArrayList<>() : rolloutRestartTargets;
    }

    /** Whether the operator opens and renews no session; null means no, see {@link #suspended()}. */
    public Boolean getSuspend() {
        return suspend;
    }

    public void setSuspend(Boolean suspend) {
        this.suspend = suspend;
    }

    /** Whether the operator makes no calls for this session until that changes. */
    public boolean suspended() {
        return Boolean.TRUE.equals(suspend);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MountSessionSpec that
                && Objects.equals(workspaceRef, that.workspaceRef)
                && Objects.equals(mode, that.mode)
                && Objects.equals(ttlSeconds, that.ttlSeconds)
                && Objects.equals(secretName, that.secretName)
                && Objects.equals(secretTemplate, that.secretTemplate)
                && Objects.equals(rolloutRestartTargets, that.rolloutRestartTargets)
                && Objects.equals(suspend, that.suspend);
    }

    @Override
    public int hashCode() {
        return Objects.hash(workspaceRef, mode, ttlSeconds, secretName, secretTemplate, rolloutRestartTargets, suspend);
    }

    @Override
    public String toString() {
        return "MountSessionSpec{workspaceRef=" + workspaceRef + ", mode=" + mode + ", ttlSeconds=" + ttlSeconds
                + ", secretName=" + secretName + ", secretTemplate=" + secretTemplate + ", rolloutRestartTargets="
                + rolloutRestartTargets + ", suspend=" + suspend + "}";
    }
}
