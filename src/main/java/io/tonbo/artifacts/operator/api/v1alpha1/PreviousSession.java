package io.tonbo.artifacts.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.Objects;

/** A session that was replaced and still works: mounts made with it live on until it expires or is revoked. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class PreviousSession {
    @JsonPropertyDescription("Id of the session.")
    @Required
    @Size(max = MountSessionStatus.MAX_SESSION_ID)
    private String id;

    @JsonPropertyDescription("When the session's credential stops working, RFC 3339 in UTC.")
    @Required
    @SchemaFrom(type = String.class)
    @JsonSerialize(using = Rfc3339.Writer.class)
    @JsonDeserialize(using = Rfc3339.Reader.class)
    private Instant expiresAt;

    /** For Jackson. */
    public PreviousSession() {}

    public PreviousSession(String id, Instant expiresAt) {
        this.id = id;
        this.expiresAt = Rfc3339.wholeSeconds(expiresAt);
    }

    /** Id of the session, at most {@value MountSessionStatus#MAX_SESSION_ID} characters. */
    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    /** When its credential stops working, whole seconds; null only when what was read was no time. */
    public Instant getExpiresAt() {
        return expiresAt;
    }

    public void setExpiresAt(Instant expiresAt) {
        this.expiresAt = Rfc3339.wholeSeconds(expiresAt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PreviousSession that
                && Objects.equals(id, that.id)
                && Objects.equals(expiresAt, that.expiresAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, expiresAt);
    }

    @Override
    public String toString() {
        return "PreviousSession{id=" + id + ", expiresAt=" + expiresAt + "}";
    }
}
