package io.tonbo.artifacts.operator.juicefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tonbo.artifacts.sandbox.s3.SandboxS3;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real S3 server with one good key, and a fresh bucket for each test. */
final class BucketFixture implements AfterAllCallback, BeforeEachCallback {
    static final String BUCKET = "data";
    static final String VOLUME = "vol-1";
    static final UUID OURS = UUID.fromString("6f1b8b4e-6b3c-4c52-9f0a-2f5d3a1c7e90");
    static final BucketKeys KEYS = new BucketKeys("AKIAGOOD", "good-secret", null);

    final SandboxS3 s3 = SandboxS3.start();

    BucketFixture() {
        s3.addKey("AKIAGOOD", "good-secret");
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        s3.faults().clear();
        s3.deleteBucket(BUCKET);
        s3.createBucket(BUCKET);
        s3.forgetRequests();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        s3.close();
    }

    Bucket open() throws Exception {
        return open(KEYS);
    }

    Bucket open(BucketKeys keys) throws Exception {
        return open(keys, BUCKET, "auto", BucketTimeouts.DEFAULT);
    }

    Bucket open(BucketKeys keys, String name, String region, BucketTimeouts timeouts) throws Exception {
        return open(BucketAddress.parse(s3.endpoint().toString(), region, name), keys, timeouts);
    }

    static Bucket open(BucketAddress address, BucketKeys keys, BucketTimeouts timeouts) throws Exception {
        PinnedEndpoint pinned = new EndpointPolicy(AllowedEndpoints.parse("127.0.0.1"), List.of()).resolve(address);
        return Bucket.open(address, keys, pinned, null, timeouts);
    }

    /** A call that is to fail. */
    interface Call {
        void run() throws Exception;
    }

    static BucketException refused(Call call) {
        BucketException refused = catchThrowableOfType(BucketException.class, call::run);
        assertThat(refused).isNotNull();
        return refused;
    }

    static void assertIs(
            BucketException e, BucketException.Kind kind, BucketOperation operation, String code, int status) {
        assertThat(e.code()).isEqualTo(code);
        assertThat(e.httpStatus()).isEqualTo(status);
        assertThat(e.operation()).isEqualTo(operation);
        assertThat(e.kind()).isEqualTo(kind);
        assertTellsNothing(e);
    }

    static void assertTellsNothing(BucketException e) {
        assertThat(e).hasNoCause();
        assertThat(e.getMessage())
                .doesNotContain("sandbox", "internal</b>", "Code with", "secret", "AKIA", "aaaaaaaa", "Signature=");
    }
}
