package io.tonbo.artifacts.operator.orchestrator;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The HTTP library with everything off that acts on its own: it sends what it is given, once, and verifies the server. */
final class StrictHttpClient {
    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_HEADER_LINE = 16 << 10;
    private static final int MAX_HEADERS = 100;

    private StrictHttpClient() {}

    static CloseableHttpClient create(TrustMaterial trust, ClientTimeouts timeouts) {
        return HttpClients.custom()
                .setConnectionManager(connections(trust, timeouts))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(timeouts.call()))
                        .setResponseTimeout(timeout(timeouts.call()))
                        .setAuthenticationEnabled(false)
                        .setContentCompressionEnabled(false)
                        .setRedirectsEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                // http.proxyHost, https.proxyHost, http.nonProxyHosts as the Java platform reads them.
                .setRoutePlanner(new SystemDefaultRoutePlanner(null))
                .setUserAgent("artifacts-operator")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .disableConnectionState()
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(TrustMaterial trust, ClientTimeouts timeouts) {
        Http1Config limits = Http1Config.custom()
                .setMaxLineLength(MAX_HEADER_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxEmptyLineCount(1)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(socket -> {
                    QuietConnection connection = new QuietConnection(limits);
                    if (socket != null) {
                        connection.bind(socket);
                    }
                    return connection;
                })
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        trust.sslContext(), HostnameVerificationPolicy.BOTH, HttpsSupport.getDefaultHostnameVerifier()))
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setHandshakeTimeout(timeout(timeouts.connect()))
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(timeouts.connect()))
                        .setSocketTimeout(timeout(timeouts.call()))
                        // Looked at before every use: a connection the server has closed is not worth a failed call.
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .build();
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.of(duration);
    }
}
