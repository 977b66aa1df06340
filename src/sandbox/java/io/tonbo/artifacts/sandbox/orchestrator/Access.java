package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Grants access to a workspace's metadata: a URL with a user that ends by itself. */
final class Access {
    /**
     * @param metadataUrl with user and password
     * @param user the ACL user
     * @param issuedAt when it was given, in whole milliseconds
     * @param expiresAt when it ends, in whole milliseconds
     */
    record Grant(String metadataUrl, String user, Instant issuedAt, Instant expiresAt) {}

    private static final String SESSION = "session-";

    private final AclUsers users;
    private final Behaviour behaviour;

    Access(AclUsers users, Behaviour behaviour) {
        this.users = users;
        this.behaviour = behaviour;
    }

    Grant format(StoredWorkspace workspace, CallContext call) {
        return grant(
                "format-" + workspace.id() + "-" + Randomness.name(6),
                AclRules.format(workspace.keyPrefix(), cluster(workspace)),
                behaviour.formatGrantLasts(),
                workspace,
                call);
    }

    Grant session(StoredWorkspace workspace, String sessionId, boolean readOnly, Duration wish, CallContext call) {
        boolean reader = readOnly && behaviour.enforcesReadOnly();
        return grant(
                SESSION + sessionId,
                reader
                        ? AclRules.readOnly(workspace.keyPrefix(), cluster(workspace))
                        : AclRules.readWrite(workspace.keyPrefix(), cluster(workspace)),
                behaviour.sessionLasts(wish),
                workspace,
                call);
    }

    private Grant grant(
            String user, List<String> rules, Duration validFor, StoredWorkspace workspace, CallContext call) {
        Optional<Faults.Met> shortened = call.meets(FaultKind.SHORT_GRANT);
        Duration life =
                shortened.map(met -> Duration.ofMillis(met.fault().millis())).orElse(validFor);
        // What is due is kept in milliseconds: no end may be stated that is later than the one that is kept.
        Instant issuedAt = behaviour.now().truncatedTo(ChronoUnit.MILLIS);
        Instant expiresAt = issuedAt.plus(life).truncatedTo(ChronoUnit.MILLIS);
        int database = cluster(workspace) ? Math.toIntExact(workspace.number()) : 0;
        String url = users.create(user, rules, expiresAt, database);
        if (call.meets(FaultKind.WRONG_PASSWORD).isPresent()) {
            url = users.url(user, Randomness.base64Url(18), database);
        }
        Optional<Faults.Met> elsewhere = call.meets(FaultKind.METADATA_ELSEWHERE);
        if (elsewhere.isPresent()) {
            url = AclUsers.at(url, elsewhere.get().fault().text());
        }
        if (call.meets(FaultKind.DEAD_USER).isPresent()) {
            users.kill(user);
        }
        return new Grant(url, user, issuedAt, expiresAt);
    }

    void end(String user) {
        users.remove(user);
    }

    /** The id of the session that a user is for, if it is for one. */
    static Optional<String> sessionOf(String aclUser) {
        return aclUser.startsWith(SESSION) ? Optional.of(aclUser.substring(SESSION.length())) : Optional.empty();
    }

    private static boolean cluster(StoredWorkspace workspace) {
        return !workspace.keyPrefix().endsWith(":");
    }
}
