package io.tonbo.artifacts.sandbox.orchestrator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The last calls, and how many there were of each kind. A call is in it before its answer is sent. */
public final class CallLog {
    /** How many calls are remembered; counts go on. */
    public static final int REMEMBERED = 10_000;

    /**
     * @param at when it was answered
     * @param operation what was asked; ANY if it was not understood
     * @param method HTTP method
     * @param path the path with its query
     * @param handle the account behind the token, or null
     * @param workspaceName the workspace it is about, or null
     * @param status the answer's status; 0 when none was to be sent
     * @param code the answer's error code; null when it succeeded, or names none
     * @param requestId as repeated or assigned
     * @param idempotencyKey as sent, or null
     * @param requestBody the first 4096 characters of what was sent
     */
    public record Call(
            Instant at,
            Operation operation,
            String method,
            String path,
            String handle,
            String workspaceName,
            int status,
            String code,
            String requestId,
            String idempotencyKey,
            String requestBody) {}

    /**
     * The newest calls.
     *
     * @param calls oldest first
     * @param total how many there were since the start or the last {@link CallLog#clear()}
     */
    public record Last(List<Call> calls, long total) {}

    private final Deque<Call> calls = new ArrayDeque<>();
    private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
    private long total;

    CallLog() {}

    synchronized void add(Call call) {
        if (calls.size() == REMEMBERED) {
            calls.removeFirst();
        }
        calls.addLast(call);
        counts.merge(call.operation(), 1L, Long::sum);
        total++;
    }

    /**
     * @return the remembered calls, oldest first
     */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /**
     * @param most how many at most
     * @return the newest of the remembered calls
     */
    public synchronized Last last(int most) {
        ArrayDeque<Call> newest = new ArrayDeque<>();
        Iterator<Call> backwards = calls.descendingIterator();
        while (backwards.hasNext() && newest.size() < most) {
            newest.addFirst(backwards.next());
        }
        return new Last(List.copyOf(newest), total);
    }

    /**
     * @param operation which
     * @return the remembered calls of that operation, oldest first
     */
    public List<Call> calls(Operation operation) {
        return calls().stream().filter(c -> c.operation() == operation).toList();
    }

    /**
     * @param operation which; ANY for all, the ones not understood included
     * @return how many calls there were since the start or the last {@link #clear()}
     */
    public synchronized long count(Operation operation) {
        return operation == Operation.ANY ? total : counts.getOrDefault(operation, 0L);
    }

    /**
     * @param operation which
     * @param workspaceName about which workspace
     * @return how many of the remembered calls were that
     */
    public long count(Operation operation, String workspaceName) {
        return calls(operation).stream()
                .filter(c -> workspaceName.equals(c.workspaceName()))
                .count();
    }

    /** Forgets everything. */
    public synchronized void clear() {
        calls.clear();
        counts.clear();
        total = 0;
    }
}
