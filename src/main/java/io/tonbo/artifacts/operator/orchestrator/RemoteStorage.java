package io.tonbo.artifacts.operator.orchestrator;

/**
 * Where a workspace keeps its chunks, as the orchestrator has it. No keys: it never sees them.
 *
 * @param bucket name of the bucket, not null
 * @param endpoint URL of the S3 service, not null
 * @param region region; null becomes "", which is how the service spells "not given"
 * @param prefix prefix; null becomes ""
 */
public record RemoteStorage(String bucket, String endpoint, String region, String prefix) {
    public RemoteStorage {
        region = region == null ? "" : region;
        prefix = prefix == null ? "" : prefix;
    }
}
