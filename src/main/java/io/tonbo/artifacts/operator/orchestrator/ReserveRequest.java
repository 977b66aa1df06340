package io.tonbo.artifacts.operator.orchestrator;

/**
 * What a workspace is to be: phase 1 of a create.
 *
 * @param name its name, not null
 * @param cacheProfile cache profile, or null for the service's default
 * @param storage the user's bucket, not null
 */
public record ReserveRequest(String name, String cacheProfile, RemoteStorage storage) {}
