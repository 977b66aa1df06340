package io.tonbo.artifacts.operator.gitops;

import java.util.stream.Stream;

/** Every state of both kinds. */
final class LifeStates {
    /** Where it is said how what is made of them is written anew. */
    static final String UPDATE = "deploy/argocd/README.md says how";

    private LifeStates() {}

    static Stream<LifeState> all() {
        return Stream.concat(WorkspaceStates.all(), MountSessionStates.all());
    }

    /** Those whose objects Argo CD asks a kind's script about. */
    static Stream<LifeState> asked(String kind) {
        return all().filter(LifeState::isAsked).filter(state -> state.kind().equals(kind));
    }
}
