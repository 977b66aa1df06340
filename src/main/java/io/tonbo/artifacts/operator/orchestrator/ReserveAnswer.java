package io.tonbo.artifacts.operator.orchestrator;

import java.util.Optional;

/** What came of a reserve: both are normal, and both may carry a grant to go on with. */
public sealed interface ReserveAnswer {
    /**
     * @return the workspace that now has the name
     */
    RemoteWorkspace workspace();

    /**
     * @return the format grant, when there is one
     */
    Optional<FormatGrant> grant();

    /**
     * 201: it has been reserved by this request, or by an earlier one with the same Idempotency-Key.
     *
     * @param workspace the reservation
     * @param format its grant; null if the server sent none
     */
    record Reserved(RemoteWorkspace workspace, FormatGrant format) implements ReserveAnswer {
        @Override
        public Optional<FormatGrant> grant() {
            return Optional.ofNullable(format);
        }
    }

    /**
     * 409 {@code workspace_exists}.
     *
     * @param workspace the one that has the name, with its live state and storage, which may differ from what was asked
     * @param format a fresh grant while it is {@code pending_format}, else null
     */
    record AlreadyExists(RemoteWorkspace workspace, FormatGrant format) implements ReserveAnswer {
        @Override
        public Optional<FormatGrant> grant() {
            return Optional.ofNullable(format);
        }
    }
}
