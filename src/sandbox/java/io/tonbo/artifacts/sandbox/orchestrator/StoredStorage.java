package io.tonbo.artifacts.sandbox.orchestrator;

/**
 * Where a workspace's data lives.
 *
 * @param bucket the bucket's name
 * @param endpoint the S3 endpoint, an http or https URL
 * @param region the region, or ""
 * @param prefix passed on as it came, or ""
 */
public record StoredStorage(String bucket, String endpoint, String region, String prefix) {}
