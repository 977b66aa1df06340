package io.tonbo.artifacts.sandbox.orchestrator;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Real users in the metadata Redis, each for a time. */
final class AclUsers {
    private final UnifiedJedis redis;
    private final Store store;
    private final MetadataAddress address;

    AclUsers(UnifiedJedis redis, Store store, MetadataAddress address) {
        this.redis = redis;
        this.store = store;
        this.address = address;
    }

    /**
     * Makes a user.
     *
     * @return the metadata URL, user and password percent-encoded
     * @throws ApiError metadata_acl_provisioning_failed, if Redis refuses or is away
     */
    String create(String user, List<String> rules, Instant until, int database) {
        // With characters that mean something in a URL, so that a client which does not decode is found out.
        String password = Randomness.base64Url(18) + "@:/%+" + Randomness.name(4);
        try {
            store.expectAclUser(user, until);
            List<String> arguments =
                    new ArrayList<>(List.of("SETUSER", user, "reset", "on", "resetchannels", ">" + password));
            arguments.addAll(rules);
            redis.sendCommand(Protocol.Command.ACL, arguments.toArray(String[]::new));
            // If it was due before it was there, it has been struck off.
            store.expectAclUser(user, until);
        } catch (JedisException e) {
            throw ApiError.aclProvisioningFailed();
        }
        return url(user, password, database);
    }

    String url(String user, String password, int database) {
        return address.scheme() + "://" + encode(user) + ":" + encode(password) + "@" + address.host() + ":"
                + address.port() + "/" + database;
    }

    /** The same URL with another host and port. */
    static String at(String metadataUrl, String hostAndPort) {
        int login = metadataUrl.lastIndexOf('@') + 1;
        return metadataUrl.substring(0, login) + hostAndPort + metadataUrl.substring(metadataUrl.indexOf('/', login));
    }

    /** Ends a user and its connections; nothing happens if there is none. */
    void remove(String user) {
        if (user != null) {
            kill(user);
            store.aclUserGone(user);
        }
    }

    /** Ends a user before its time; what it was for is still to be cleared away when that comes. */
    void kill(String user) {
        redis.sendCommand(Protocol.Command.ACL, "DELUSER", user);
    }

    boolean exists(String user) {
        return redis.sendCommand(Protocol.Command.ACL, "GETUSER", user) != null;
    }

    /** All but the administrator. */
    Set<String> all() {
        Set<String> users =
                new TreeSet<>(BuilderFactory.STRING_LIST.build(redis.sendCommand(Protocol.Command.ACL, "USERS")));
        users.remove("default");
        return users;
    }

    /** The user in a metadata URL. */
    static String userOf(String metadataUrl) {
        String login = URI.create(metadataUrl).getRawUserInfo();
        return URLDecoder.decode(login.substring(0, login.indexOf(':')), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
