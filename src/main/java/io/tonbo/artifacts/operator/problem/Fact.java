package io.tonbo.artifacts.operator.problem;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The closed set of placeholders that a hint may hold, and so of what a {@link Problem} may carry. None of them is ever a
 * credential: names, addresses, times and counts only.
 */
public enum Fact {
    NAMESPACE("ns", "namespace of the object", "<namespace>"),
    NAME("name", "name of the object", "<name>"),
    RESOURCE(
            "resource",
            "its resource, as kubectl takes it: workspaces.artifacts.tonbo.io or mountsessions.artifacts.tonbo.io",
            "<resource>"),
    WORKSPACE("ws", "name of the Workspace object", NAME),
    CONNECTION("conn", "Secret with the token (spec.connectionSecretRef.name)", "<connection Secret>"),
    TOKEN_EXPIRY("exp", "expiry inside the token, UTC", "not stated in it"),
    TOKEN_CHARACTERS("chars", "number of characters of the token", "some"),
    TOKEN_PARTS("parts", "number of its dot-separated parts", "an unknown number of"),
    TOKEN_FLAW("flaw", "what is wrong with the token's shape", "that is no token's shape"),
    SPEC_NAME("specName", "name of the remote workspace that is asked for", WORKSPACE),
    ADDRESS("address", "artifacts://handle/name; while the handle is not known yet, the name alone", SPEC_NAME),
    WORKSPACE_ID("workspaceId", "recorded id of the remote workspace", "not recorded"),
    STATE("state", "state the orchestrator reports", "unknown"),
    EXISTING("existing", "what the orchestrator says about the workspace that is there", "no details given"),
    DIFFERENCES("diff", "which of bucket, endpoint, region, prefix differ", "nothing the operator can see"),
    HOLDER("holder", "the other Workspace object, named only inside one namespace", "perhaps in another namespace"),
    USERS("users", "MountSessions that still refer to the Workspace, at most five", "some MountSessions"),
    KEYS("keys", "Secret with the bucket keys (spec.storage.credentialsSecretRef.name)", "<credentials Secret>"),
    MISSING("missing", "keys the Secret lacks", "its keys"),
    BUCKET("bucket", "bucket", "<bucket>"),
    ENDPOINT("endpoint", "endpoint of the object storage", "<endpoint>"),
    REGION("region", "region used for signing", "auto"),
    VOLUME("volume", "name of the volume, the first path element of its objects", "<volume>"),
    OPERATION("op", "what was tried in the bucket", "do everything it must"),
    TARGET_KIND("tkind", "kind of the object in the way", "Secret"),
    TARGET("target", "name of that object", NAME),
    OWNER("owner", "whose it is", "somebody else"),
    GRANTED("granted", "lifetime that was granted, in seconds", "too few"),
    ORCHESTRATOR_URL("orchestratorUrl", "base URL of the orchestrator", "<ARTIFACTS_ORCHESTRATOR_URL>"),
    VERSION("version", "version of this operator", "of unknown version"),
    CODE("code", "code of the answer", "none"),
    HTTP_STATUS("httpStatus", "HTTP status of the answer", "none"),
    MESSAGE("message", "message of the answer", "no message"),
    REQUEST_ID("requestId", "id of the first request that failed", "(none given)"),
    FIRST_SEEN("firstSeen", "time of the first failure since the last success, UTC", "an unknown time");

    private static final Map<String, Fact> BY_PLACEHOLDER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Fact::placeholder, Function.identity()));

    private final String placeholder;
    private final String meaning;
    private final String absent;
    private final Fact substitute;

    Fact(String placeholder, String meaning, String absent) {
        this(placeholder, meaning, absent, null);
    }

    Fact(String placeholder, String meaning, Fact substitute) {
        this(placeholder, meaning, substitute.absent, substitute);
    }

    Fact(String placeholder, String meaning, String absent, Fact substitute) {
        this.placeholder = placeholder;
        this.meaning = meaning;
        this.absent = absent;
        this.substitute = substitute;
    }

    /**
     * @return the word between the braces, also the key in a problem's facts
     */
    public String placeholder() {
        return placeholder;
    }

    /**
     * @return what it stands for, for the reference page
     */
    public String meaning() {
        return meaning;
    }

    /**
     * @param placeholder the word between the braces
     * @return the fact, or empty if there is none of that name
     */
    public static Optional<Fact> of(String placeholder) {
        return Optional.ofNullable(BY_PLACEHOLDER.get(placeholder));
    }

    /** The fact that stands in where this one is not known. */
    Optional<Fact> substitute() {
        return Optional.ofNullable(substitute);
    }

    /** What is shown for this fact: its value, else its substitute's, else a fixed text. */
    String valueIn(Map<String, String> facts) {
        String value = facts.get(placeholder);
        if (value != null && !value.isBlank()) {
            return value;
        }
        return substitute == null ? absent : substitute.valueIn(facts);
    }
}
