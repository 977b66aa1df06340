package io.tonbo.artifacts.sandbox.s3;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a real service checks and s3proxy does not: the region a request was signed for, the token of a temporary key, and
 * that it is no bucket that is to be made or deleted.
 */
public final class S3Gatekeeper {
    private final Map<String, Region> regions = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    private record Region(String name, S3Effect.Answered complaint) {}

    /**
     * @param bucket a bucket
     * @param region the only region that it takes signatures for
     * @param complaint what another region is answered
     */
    public void expectRegion(String bucket, String region, S3Effect.Answered complaint) {
        regions.put(bucket, new Region(region, complaint));
    }

    /**
     * @param bucket a bucket that takes signatures for any region from now on
     */
    public void forgetRegion(String bucket) {
        regions.remove(bucket);
    }

    /**
     * @param accessKeyId a temporary key
     * @param token the session token that must come with it
     */
    public void expectToken(String accessKeyId, String token) {
        tokens.put(accessKeyId, token);
    }

    Optional<S3Effect.Answered> refusal(S3Request request, String token) {
        if (request.action() == S3Action.ADMINISTER) {
            return Optional.of(new S3Effect.Answered(403, "AccessDenied"));
        }
        Region region = regions.get(request.bucket());
        if (region != null && !region.name().equals(request.region())) {
            return Optional.of(region.complaint());
        }
        String expected = tokens.get(request.accessKeyId());
        return expected == null || expected.equals(token)
                ? Optional.empty()
                : Optional.of(new S3Effect.Answered(400, "InvalidToken"));
    }
}
