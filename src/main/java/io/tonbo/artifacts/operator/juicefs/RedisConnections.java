package io.tonbo.artifacts.operator.juicefs;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;

/** Makes connections to the nodes of one Redis, all with the same credentials and the same trust. */
final class RedisConnections {
    private final JedisClientConfig config;

    private RedisConnections(JedisClientConfig config) {
        this.config = config;
    }

    static RedisConnections of(MetadataEndpoint endpoint, SSLContext tls, MetadataTimeouts timeouts) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .user(endpoint.user())
                .password(endpoint.password())
                .connectionTimeoutMillis(Math.toIntExact(timeouts.connect().toMillis()))
                .socketTimeoutMillis(Math.toIntExact(timeouts.reply().toMillis()))
                // CLIENT SETINFO is in no grant that an older Redis can express.
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .ssl(endpoint.tls());
        if (endpoint.tls()) {
            SSLParameters verified = new SSLParameters();
            verified.setEndpointIdentificationAlgorithm("HTTPS");
            config.sslParameters(verified);
            if (tls != null) {
                config.sslSocketFactory(tls.getSocketFactory());
            }
        }
        return new RedisConnections(config.build());
    }

    Jedis open(HostAndPort node) {
        return new Jedis(node, config);
    }
}
