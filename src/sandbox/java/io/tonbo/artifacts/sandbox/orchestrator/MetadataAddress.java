package io.tonbo.artifacts.sandbox.orchestrator;

/**
 * Where clients reach the metadata Redis: the server itself, or a TLS front before it.
 *
 * @param scheme redis or rediss
 * @param host name or address
 * @param port TCP port
 */
public record MetadataAddress(String scheme, String host, int port) {}
