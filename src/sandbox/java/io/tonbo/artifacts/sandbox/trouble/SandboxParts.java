package io.tonbo.artifacts.sandbox.trouble;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxOrchestrator;
import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import io.tonbo.artifacts.sandbox.s3.SandboxS3;

/**
 * What troubles are made in. All of it runs for longer than the desk, which closes none of it.
 *
 * @param client a Kubernetes client that may do everything
 * @param realKubernetes whether that is a real API server, not a mock
 * @param namespace where the objects are made, such as {@code default}; one that the operator watches
 * @param orchestrator the one that the operator calls
 * @param s3 where buckets are made; the operator may connect to its endpoint
 * @param redis the orchestrator's metadata
 */
public record SandboxParts(
        KubernetesClient client,
        boolean realKubernetes,
        String namespace,
        SandboxOrchestrator orchestrator,
        SandboxS3 s3,
        SandboxRedis redis) {}
