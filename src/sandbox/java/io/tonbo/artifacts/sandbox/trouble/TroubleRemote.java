package io.tonbo.artifacts.sandbox.trouble;

import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.Operation;
import io.tonbo.artifacts.sandbox.orchestrator.SandboxOrchestrator;
import io.tonbo.artifacts.sandbox.orchestrator.StoredStorage;
import io.tonbo.artifacts.sandbox.orchestrator.StoredWorkspace;
import java.util.ArrayList;
import java.util.List;

/** One trouble's workspace at the orchestrator, and the faults that concern it alone. */
final class TroubleRemote {
    private final SandboxOrchestrator orchestrator;
    private final String id;
    private final String endpoint;
    private final List<Long> faults = new ArrayList<>();

    /**
     * @param id the trouble's, and its account's and its workspace's
     * @param endpoint of its bucket
     */
    TroubleRemote(SandboxOrchestrator orchestrator, String id, String endpoint) {
        this.orchestrator = orchestrator;
        this.id = id;
        this.endpoint = endpoint;
    }

    void fault(Operation operation, Fault fault) {
        faults.add(orchestrator.faults().on(operation).workspace(id).always().inject(fault));
    }

    void noFaults() {
        faults.forEach(orchestrator.faults()::clear);
        faults.clear();
    }

    /** The command line got so far with a workspace of the same name. */
    StoredWorkspace madeByCli(CliProgress progress) {
        return orchestrator.admin().makeAsCli(id, id, storage(id), progress);
    }

    private StoredStorage storage(String bucket) {
        return new StoredStorage(bucket, endpoint, TroubleStage.REGION, "");
    }

    StoredWorkspace workspace() {
        return orchestrator
                .admin()
                .workspace(id, id)
                .orElseThrow(() -> new IllegalStateException("nothing is reserved"));
    }
}
