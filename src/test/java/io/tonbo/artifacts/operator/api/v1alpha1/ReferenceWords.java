package io.tonbo.artifacts.operator.api.v1alpha1;

/**
 * What a reference page says that no schema does, as Markdown.
 *
 * @param example a manifest and what to do with it
 * @param conditions types, and their reasons while nothing is wrong
 * @param events reasons of Events that are not in the error catalogue
 * @param annotations those that users may set
 */
record ReferenceWords(String example, String conditions, String events, String annotations) {
    private static final String SECRETS =
            """
            <!-- sh run
            kubectl create secret generic tonbo-token --from-file=token=token.txt
            kubectl create secret generic bucket-keys --from-env-file=keys.env
            -->
            """;

    private static final String ERRORS =
            """

            Any other reason is a problem, and has a section in [errors.md](errors.md) under its name. What to do is in
            `status.lastError.hint`, and in the message of the condition.
            """;

    private static final String TWO_ANNOTATIONS =
            """
            | Annotation | Value | What it does |
            |---|---|---|
            | `reconcile.artifacts.tonbo.io/requestedAt` | any new value, usually the time | the operator looks again now; `status.lastHandledReconcileAt` repeats the value once it has |
            """;

    private static final ReferenceWords WORKSPACE = new ReferenceWords(
            SECRETS
                    + """

                    The least that works, with a token of your own. [Examples](../examples/README.md) has one for each cloud.

                    ```yaml apply
                    apiVersion: artifacts.tonbo.io/v1alpha1
                    kind: Workspace
                    metadata:
                      name: team-files
                    spec:
                      storage:
                        bucket: team-data
                        endpoint: http://127.0.0.1:9000 # the sandbox's; yours is an https URL
                        credentialsSecretRef:
                          name: bucket-keys
                      connectionSecretRef:
                        name: tonbo-token
                    ```

                    ```sh run
                    kubectl wait workspace team-files --for=condition=Ready --timeout=2m
                    kubectl get workspace team-files -o wide
                    kubectl explain workspace.spec.storage      # these descriptions, in a terminal
                    ```
                    """,
            """
            | Type | Status | Reason | Means |
            |---|---|---|---|
            | `Ready` | True | `Active` | the workspace is active and this object's; its message says where its objects lie |
            | `Ready` | False | `Recording` | an active workspace is being taken over |
            | `Ready` | False | `Formatting` | the volume is being formatted |
            | `Ready` | Unknown | `Suspended` | `spec.suspend` was true from the start; nothing was done yet |
            | `Formatted` | True | `VolumeFormatted` | the volume is formatted and recorded for this object |
            | `Formatted` | False | `NotFormatted` | no volume is formatted for this object yet |
            | `Formatted` | False | `HeldByAnother` | the volume is another Workspace object's, or another client's |

            `Reconciling` and `Stalled` are there only while they are True, with the reason of `Ready`, and never together.
            `Reconciling`: the operator is at work or waits. `Stalled`: somebody must act. [concepts.md](concepts.md#conditions) says
            how to read them.
            """
                    + ERRORS,
            """
            A problem is told by a Warning with its reason. Besides:

            | Reason | Type | When |
            |---|---|---|
            | `Active` | Normal | it became Ready |
            | `Deleted` | Normal | the object was let go; the remote workspace is gone |
            | `Retained` | Normal | let go; the remote workspace stays, as `deletionPolicy: Retain` says |
            | `NotOurs` | Normal | let go; what has the name at Tonbo is not this object's and was not touched |
            | `HeldByAnother` | Normal | let go; another Workspace object holds the remote workspace |
            | `WorkspaceReplaced` | Warning | let go; another workspace has the name now and was not touched |
            | `LeftBehind` | Warning | let go without a way to delete; the remote workspace may be left |
            | `Abandoned` | Warning | let go at once, because of annotation `artifacts.tonbo.io/abandon` |
            """,
            TWO_ANNOTATIONS
                    + """
                    | `artifacts.tonbo.io/abandon` | `"true"` | an object that is being deleted is let go at once: no call is made, the remote workspace stays as it is |
                    """);

    private static final ReferenceWords MOUNT_SESSION = new ReferenceWords(
            """
            <!-- sh run
            kubectl create secret generic tonbo-token --from-file=token=token.txt
            kubectl create secret generic bucket-keys --from-env-file=keys.env
            kubectl apply -f examples/quickstart/workspace.yaml
            -->

            The least that works, for a Workspace `quickstart` in the same namespace. [mounting.md](mounting.md) says how Pods use the
            Secret, [secret.md](secret.md) what is in it.

            ```yaml apply
            apiVersion: artifacts.tonbo.io/v1alpha1
            kind: MountSession
            metadata:
              name: reader
            spec:
              workspaceRef:
                name: quickstart
            ```

            ```sh run
            kubectl wait mountsession reader --for=condition=Ready --timeout=2m
            kubectl get mountsession reader -o wide
            kubectl explain mountsession.spec      # these descriptions, in a terminal
            ```
            """,
            """
            | Type | Status | Reason | Means |
            |---|---|---|---|
            | `Ready` | True | `CredentialPublished` | the Secret holds a credential that works; its message says until when, and which client can mount it |
            | `Ready` | False | `Suspended` | `spec.suspend` is true, and no credential works any more: see [errors.md](errors.md#suspended) |
            | `Renewed` | True | `CredentialCurrent` | the last renewal that was due succeeded; its message says when the next one is |
            | `ConsumersCurrent` | True | `NoOlderCredential` | this is the first credential, so no Pod can have an older one |
            | `ConsumersCurrent` | True | `AllCurrent` | no Pod runs with an older credential |
            | `ConsumersCurrent` | False | `Restarting` | Pods with an older credential are being replaced |
            | `ConsumersCurrent` | False | `OlderCredentialInUse` | Pods run with an older credential, and nobody restarts them: its message names up to five, and says when their access ends |
            | `ConsumersCurrent` | Unknown | `PodsNotReadable` | the operator may not list Pods here, or the API server does not answer |

            While `Renewed` is False with the reason of a problem, what is published still works: `Ready` stays True until it expires.

            `Reconciling` and `Stalled` are there only while they are True, with the reason of `Ready`, and never together.
            `Reconciling`: the operator is at work or waits. `Stalled`: somebody must act. A routine renewal sets neither.
            [concepts.md](concepts.md#conditions) says how to read them.
            """
                    + ERRORS,
            """
            A problem is told by a Warning with its reason. Besides:

            | Reason | Type | When |
            |---|---|---|
            | `CredentialPublished` | Normal | it became Ready |
            | `CredentialRenewed` | Normal | a new session is published, because the old one was due or had expired |
            | `CredentialReplaced` | Normal | a new session is published, and the old ones are revoked |
            | `SecretRestored` | Warning | the Secret had been deleted or changed by somebody; it holds a new session, the lost one is revoked |
            | `BucketKeysUpdated` | Normal | the Secret holds the bucket's new keys, for the same session |
            | `ConsumerRestarted` | Normal | a restart of one of `spec.rolloutRestartTargets` began |
            | `ConsumerNotRestarted` | Warning | one of them could not be restarted, or is not replaced in time |
            | `ConsumersOutdated` | Warning | Pods run with an older credential, and nobody restarts them |
            | `Revoked` | Normal | the object was let go; every session is revoked or has ended, the Secret is deleted |
            | `NoSession` | Normal | let go; no session of it was known |
            | `LeftToExpire` | Warning | let go without a way to revoke; it names the sessions and when they end |
            | `SecretNotDeleted` | Warning | the API server did not let the operator delete the Secret; its owner reference will |
            | `Abandoned` | Warning | let go at once, because of annotation `artifacts.tonbo.io/abandon`; it names the sessions |
            """,
            TWO_ANNOTATIONS
                    + """
                    | `artifacts.tonbo.io/reissueRequestedAt` | any new value, usually the time | a new session is published, then the old one is revoked: for a credential that has leaked |
                    | `artifacts.tonbo.io/abandon` | `"true"` | an object that is being deleted is let go at once: nothing is revoked, an event names the sessions that live on |

                    On the Pod template of a Deployment, StatefulSet or DaemonSet, not on the MountSession:

                    | Annotation | Value | What it does |
                    |---|---|---|
                    | `artifacts.tonbo.io/mount-session` | name of a MountSession | says that these Pods mount with its Secret although the template does not name it, as with a PersistentVolumeClaim; the MountSession may then restart the workload |
                    """);

    /**
     * @param kind a kind
     * @return the words for its page
     */
    static ReferenceWords of(ResourceKind kind) {
        return switch (kind) {
            case WORKSPACE -> WORKSPACE;
            case MOUNT_SESSION -> MOUNT_SESSION;
        };
    }
}
