package io.tonbo.artifacts.operator.juicefs;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3 clients that do what they are told and nothing else: they connect to the checked addresses only, and take nothing from
 * the environment, neither keys nor settings nor a proxy (which would resolve the name once more). No redirects, no retries.
 */
final class BucketClients {
    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bucket-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private BucketClients() {}

    static S3Client open(
            BucketAddress address, BucketKeys keys, PinnedEndpoint pinned, SSLContext tls, BucketTimeouts timeouts) {
        return S3Client.builder()
                .endpointOverride(pinned.endpoint())
                .region(Region.of(address.signingRegion()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials(keys)))
                // Path style reaches the same bucket as a JuiceFS client everywhere, under the one name that was
                // checked.
                .serviceConfiguration(s3 -> s3.pathStyleAccessEnabled(true)
                        .chunkedEncodingEnabled(false)
                        .useArnRegionEnabled(false)
                        .multiRegionEnabled(false))
                .crossRegionAccessEnabled(false)
                .disableS3ExpressSessionAuth(true)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                // Trailers with checksums are news to many servers that speak S3.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(behaviour(timeouts))
                .httpClient(connections(address.host(), pinned, tls, timeouts))
                .build();
    }

    private static AwsCredentials credentials(BucketKeys keys) {
        return keys.sessionToken() == null
                ? AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())
                : AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
    }

    private static ClientOverrideConfiguration behaviour(BucketTimeouts timeouts) {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(timeouts.call())
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .defaultProfileFile(ProfileFile.aggregator().build())
                .scheduledExecutorService(DEADLINES)
                .addExecutionInterceptor(new BoundAnswers())
                .build();
    }

    private static SdkHttpClient connections(
            String host, PinnedEndpoint pinned, SSLContext tls, BucketTimeouts timeouts) {
        ApacheHttpClient.Builder connections = ApacheHttpClient.builder()
                .dnsResolver(new PinnedResolver(host, pinned.addresses()))
                .connectionTimeout(timeouts.connect())
                .socketTimeout(timeouts.call())
                .maxConnections(2)
                .expectContinueEnabled(false)
                .useIdleConnectionReaper(false)
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariableValues(false)
                        .build());
        if (tls != null) {
            connections.socketFactory(new SSLConnectionSocketFactory(tls));
        }
        return connections.build();
    }

    private record PinnedResolver(String host, List<InetAddress> addresses) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String name) throws UnknownHostException {
            String plain = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
            if (!plain.equals(host)) {
                throw new UnknownHostException("only the checked endpoint is connected to");
            }
            return addresses.toArray(InetAddress[]::new);
        }
    }

    private static final class BoundAnswers implements ExecutionInterceptor {
        @Override
        public Optional<InputStream> modifyHttpResponseContent(
                Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            return context.responseBody().map(BoundedAnswer::new);
        }
    }
}
