package io.tonbo.artifacts.sandbox.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The API server's audit log. It is written before an answer is sent (mode {@code blocking}, stage RequestReceived), and
 * once more when the request is complete: so whatever a client has seen an answer to is already announced, and reading
 * waits until all that is announced is complete. Counts of writes are exact, without a pause.
 */
final class AuditLog {
    /** All that ServiceAccounts of the operator's namespace do, and whatever anyone does to what the operator works on. */
    static final String POLICY =
            """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            rules:
            - level: None
              users: ["system:apiserver"]
            - level: None
              nonResourceURLs: ["*"]
            - level: Metadata
              userGroups: ["system:serviceaccounts:artifacts-system"]
            - level: Metadata
              resources:
              - group: artifacts.tonbo.io
              - group: events.k8s.io
              - group: coordination.k8s.io
              - group: ""
                resources: ["events", "secrets"]
            - level: None
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final List<AuditEvent> complete = new ArrayList<>();
    private final Set<String> open = new HashSet<>();
    private long position;

    AuditLog(Path file) {
        this.file = file;
    }

    /**
     * @return every complete request until now, oldest first; watches appear when they end
     * @throws IllegalStateException if a request is still open after 10 s
     */
    synchronized List<AuditEvent> events() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            readOn();
            while (!open.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("requests that never completed, by audit id: " + open);
                }
                Thread.sleep(10);
                readOn();
            }
            return List.copyOf(complete);
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log " + file + " cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while requests completed", e);
        }
    }

    private void readOn() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - position));
            channel.read(bytes, position);
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            position += whole.getBytes(StandardCharsets.UTF_8).length;
            for (String line : whole.lines().toList()) {
                take(JSON.readTree(line));
            }
        }
    }

    private void take(JsonNode event) {
        if (event.path("verb").asText().equals("watch")
                && !event.path("stage").asText().equals("ResponseComplete")) {
            return;
        }
        String id = event.path("auditID").asText();
        switch (event.path("stage").asText()) {
            case "RequestReceived" -> open.add(id);
            case "ResponseComplete", "Panic" -> {
                open.remove(id);
                complete.add(AuditEvent.of(event));
            }
            default -> {
                // ResponseStarted of a long-running request: it is open still.
            }
        }
    }
}
