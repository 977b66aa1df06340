package io.tonbo.artifacts.operator.testing;

import io.tonbo.artifacts.sandbox.kube.AuditEvent;
import io.tonbo.artifacts.sandbox.orchestrator.CallLog.Call;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import java.util.List;

/** What the operator spends in one namespace and on one account from a moment on, as those it spends it on counted. */
public final class Expenses {
    private static final String OPERATOR = "system:serviceaccount:artifacts-system:";

    private final World world;
    private final String namespace;
    private final String handle;
    private final int auditedBefore;
    private final int calledBefore;

    private Expenses(World world, String namespace, String handle) {
        this.world = world;
        this.namespace = namespace;
        this.handle = handle;
        this.auditedBefore = world.cluster().auditEvents().size();
        this.calledBefore = world.orchestrator().calls().calls().size();
    }

    public static Expenses from(World world, String namespace, String handle) {
        return new Expenses(world, namespace, handle);
    }

    /** Writes to Kubernetes; Events and Leases left out. */
    public List<String> writes() {
        return audited()
                .filter(AuditEvent::isWrite)
                .filter(event -> !event.isEventOrLease())
                .map(event -> event.verb() + " " + event.resource()
                        + (event.subresource().isEmpty() ? "" : "/" + event.subresource()) + " " + event.name())
                .toList();
    }

    public List<String> writes(String name) {
        return writes().stream()
                .filter(write -> write.endsWith(" " + name))
                .map(write -> write.substring(0, write.length() - name.length() - 1))
                .toList();
    }

    public List<String> secretsRead() {
        return audited()
                .filter(event -> event.resource().equals("secrets"))
                .map(event -> event.verb() + " " + event.name())
                .toList();
    }

    private java.util.stream.Stream<AuditEvent> audited() {
        return world.cluster().auditEvents().stream()
                .skip(auditedBefore)
                .filter(event -> event.user().startsWith(OPERATOR))
                .filter(event -> event.namespace().equals(namespace));
    }

    /** Requests to the orchestrator. */
    public List<Operation> calls() {
        return world.orchestrator().calls().calls().stream()
                .skip(calledBefore)
                .filter(call -> handle.equals(call.handle()))
                .map(Call::operation)
                .toList();
    }

    public long calls(Operation operation) {
        return calls().stream().filter(operation::equals).count();
    }
}
