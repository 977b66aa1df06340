package io.tonbo.artifacts.operator.workspace;

import static io.tonbo.artifacts.operator.problem.ProblemType.ADOPTION_UNPROVEN;
import static io.tonbo.artifacts.operator.problem.ProblemType.DELETION_BLOCKED;
import static io.tonbo.artifacts.operator.problem.ProblemType.DELETION_KEEPS_FAILING;
import static io.tonbo.artifacts.operator.problem.ProblemType.DELETION_STATE_UNKNOWN;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_ACCESS_DENIED;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_ANSWER_UNEXPECTED;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_UNAVAILABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.METADATA_UNREACHABLE;
import static io.tonbo.artifacts.operator.problem.ProblemType.STORAGE_MISMATCH;
import static io.tonbo.artifacts.operator.problem.ProblemType.UNKNOWN_STATE;
import static io.tonbo.artifacts.operator.problem.ProblemType.VOLUME_FOREIGN;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_DELETING;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_EXISTS;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_EXISTS_STORAGE_DIFFERS;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_GONE;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_HELD_BY_ANOTHER;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_REPLACED;
import static io.tonbo.artifacts.operator.problem.ProblemType.WORKSPACE_STATE_UNEXPECTED;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.ANY;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.DELETE;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.GET;
import static io.tonbo.artifacts.sandbox.orchestrator.Operation.RESERVE;

import io.tonbo.artifacts.operator.api.v1alpha1.AdoptionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.ArtifactsApi;
import io.tonbo.artifacts.operator.api.v1alpha1.DeletionPolicy;
import io.tonbo.artifacts.operator.api.v1alpha1.WorkspaceSpec;
import io.tonbo.artifacts.operator.testing.ProblemPlay;
import io.tonbo.artifacts.operator.testing.ProblemRow;
import io.tonbo.artifacts.sandbox.orchestrator.CliProgress;
import io.tonbo.artifacts.sandbox.orchestrator.Fault;
import io.tonbo.artifacts.sandbox.orchestrator.FaultKind;
import io.tonbo.artifacts.sandbox.orchestrator.WorkspaceState;
import java.util.List;
import redis.clients.jedis.Jedis;

/** Whose the remote workspace and its volume are, what became of them, and what keeps them from being deleted. */
final class VolumeRows {
    private VolumeRows() {}

    static List<ProblemRow<ProblemPlay>> all() {
        return List.of(
                ProblemRows.row("exists", WORKSPACE_EXISTS)
                        .before(play -> play.put(
                                play.madeByCli(CliProgress.ACTIVE).volumeName(), "juicefs_uuid", "somebody-else"))
                        .healedBySpec(play -> play.edit(VolumeRows::adopt)),
                ProblemRows.row("storage-differs", WORKSPACE_EXISTS_STORAGE_DIFFERS)
                        .by(play -> {
                            play.put(play.madeByCli(CliProgress.ACTIVE).volumeName(), "juicefs_uuid", "somebody-else");
                            play.apply(spec -> spec.getStorage().setBucket("another-bucket"));
                        })
                        .healedBySpec(play -> play.edit(spec -> {
                            spec.getStorage().setBucket(play.bucket());
                            adopt(spec);
                        })),
                ProblemRows.row("held", WORKSPACE_HELD_BY_ANOTHER)
                        .saying("Workspace holder of this namespace")
                        .by(VolumeRows::secondHolder)
                        .healedBySpec(play -> {
                            play.scene().delete("holder");
                            play.edit(VolumeRows::adopt);
                        }),
                ProblemRows.row("unproven", ADOPTION_UNPROVEN)
                        .by(play -> {
                            play.madeByCli(CliProgress.ACTIVE);
                            play.apply(VolumeRows::adopt);
                        })
                        .healedBy(play -> play.put(play.remote().volumeName(), "juicefs_uuid", "somebody-else")),
                ProblemRows.row("foreign-volume", VOLUME_FOREIGN)
                        .before(play -> play.madeByCli(CliProgress.FORMATTED))
                        .healedBySpec(play -> play.edit(spec -> spec.setName("foreign-volume-2"))),
                ProblemRows.row("being-deleted", WORKSPACE_DELETING)
                        .before(play -> {
                            play.madeByCli(CliProgress.ACTIVE);
                            play.admin().forceState(play.name(), play.name(), WorkspaceState.DELETING);
                        })
                        .healedBy(play -> play.admin().forceState(play.name(), play.name(), WorkspaceState.DELETED)),
                ProblemRows.row("unknown-state", UNKNOWN_STATE)
                        .onceReady(play -> play.fault(ANY, Fault.of(FaultKind.UNKNOWN_STATE, "hibernating")))
                        .keepingReady()
                        .healedBy(ProblemPlay::noFaults),
                ProblemRows.row("gone", WORKSPACE_GONE)
                        .onceReady(play -> play.admin().deleteRemotely(play.name(), play.name()))
                        .tryingAgain(play -> play.calls(GET)),
                // A 404 that is not in the orchestrator's words may be a wrong address: a list tells.
                ProblemRows.row("gone-in-other-words", WORKSPACE_GONE)
                        .onceReady(play -> {
                            play.fault(GET, Fault.answer(404, "{}"));
                            play.admin().deleteRemotely(play.name(), play.name());
                        })
                        .tryingAgain(play -> play.calls(GET)),
                ProblemRows.row("gone-for-a-while", WORKSPACE_GONE)
                        .onceReady(play -> play.fault(ANY, Fault.of(FaultKind.TOMBSTONE)))
                        .healedBy(ProblemPlay::noFaults),
                ProblemRows.row("replaced", WORKSPACE_REPLACED)
                        .onceReady(play -> play.admin().replace(play.name(), play.name()))
                        .tryingAgain(play -> play.calls(GET)),
                ProblemRows.row("replaced-for-a-while", WORKSPACE_REPLACED)
                        .onceReady(play -> play.fault(ANY, Fault.of(FaultKind.REPLACED)))
                        .healedBy(ProblemPlay::noFaults),
                ProblemRows.row("storage-mismatch", STORAGE_MISMATCH)
                        .onceReady(play ->
                                play.admin().forceStorage(play.name(), play.name(), play.storage("another-bucket")))
                        .healedBy(play ->
                                play.admin().forceStorage(play.name(), play.name(), play.storage(play.bucket()))),
                ProblemRows.row("state-unexpected", WORKSPACE_STATE_UNEXPECTED)
                        .onceReady(play -> {
                            metadata(play, jedis -> jedis.del(play.remote().keyPrefix() + "setting"));
                            play.admin().forceState(play.name(), play.name(), WorkspaceState.PENDING_FORMAT);
                        })
                        .healedBy(play -> play.admin().forceState(play.name(), play.name(), WorkspaceState.ACTIVE)),
                ProblemRows.row("metadata-cut", METADATA_UNREACHABLE)
                        .before(ProblemPlay::cutMetadata)
                        .healedBy(ProblemPlay::noFaults),
                ProblemRows.row("metadata-loading", METADATA_UNAVAILABLE)
                        .saying("cannot serve now: LOADING")
                        .before(ProblemPlay::loadMetadata)
                        .healedBy(ProblemPlay::noFaults),
                ProblemRows.row("wrong-password", METADATA_ACCESS_DENIED)
                        .before(play -> play.fault(RESERVE, Fault.of(FaultKind.WRONG_PASSWORD)))
                        .healedBy(ProblemPlay::noFaults),
                ProblemRows.row("dead-user", METADATA_ACCESS_DENIED)
                        .before(play -> play.fault(RESERVE, Fault.of(FaultKind.DEAD_USER)))
                        .healedBy(ProblemPlay::noFaults),
                ProblemRows.row("no-string", METADATA_ANSWER_UNEXPECTED)
                        .before(play -> {
                            String key = play.madeByCli(CliProgress.RESERVED).keyPrefix() + "setting";
                            metadata(play, jedis -> jedis.hset(key, "not", "a setting"));
                        })
                        .healedBy(play ->
                                metadata(play, jedis -> jedis.del(play.remote().keyPrefix() + "setting"))),
                ProblemRows.row("deletion-blocked", DELETION_BLOCKED)
                        .onceReady(play -> {
                            play.edit(spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
                            play.revokeToken();
                            play.delete();
                        })
                        .goneBy(ProblemPlay::goodToken),
                ProblemRows.row("deletion-abandoned", DELETION_BLOCKED)
                        .onceReady(play -> {
                            play.edit(spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
                            play.revokeToken();
                            play.token("not-a-token-at-all");
                            play.delete();
                        })
                        .goneBy(play -> play.annotate(ArtifactsApi.ABANDON, "true")),
                ProblemRows.row("deletion-state-unknown", DELETION_STATE_UNKNOWN)
                        .onceReady(play -> {
                            play.edit(spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
                            play.fault(ANY, Fault.of(FaultKind.UNKNOWN_STATE, "hibernating"));
                            play.delete();
                        })
                        .goneBy(ProblemPlay::noFaults),
                ProblemRows.row("deletion-refused", DELETION_KEEPS_FAILING)
                        .answered("forbidden", 403)
                        .onceReady(play -> {
                            play.edit(spec -> spec.setDeletionPolicy(DeletionPolicy.DELETE));
                            play.fault(DELETE, Fault.code("forbidden"));
                            play.delete();
                        })
                        .goneBy(ProblemPlay::noFaults));
    }

    private static void adopt(WorkspaceSpec spec) {
        spec.setAdoptionPolicy(AdoptionPolicy.ADOPT);
    }

    private static void secondHolder(ProblemPlay play) {
        play.applyAs("holder", spec -> spec.setName("held"));
        play.untilReady("holder");
        play.apply();
    }

    private interface Change {
        void on(Jedis jedis);
    }

    private static void metadata(ProblemPlay play, Change change) {
        try (Jedis jedis = play.world().redis().admin()) {
            change.on(jedis);
        }
    }
}
