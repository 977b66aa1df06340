package io.tonbo.artifacts.operator.mountsession;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes the reference page of the published Secret from {@link SecretKey}, {@link SecretAnnotation} and {@link ClientFit}. */
final class SecretPage {
    private static final String INTRODUCTION =
            """
            # The published Secret

            <!-- Made from SecretKey, SecretAnnotation and ClientFit in src/main/java/io/tonbo/artifacts/operator/mountsession. Do not edit;
                 after a change there run
                 ./mvnw -B -q test -Dtest=SecretPageTest -Dartifacts.docs.update=true -->

            A MountSession publishes one Secret, of type `Opaque`, under `spec.secretName` (by default the MountSession's own name). It is
            owned by the MountSession and goes with it. The operator never overwrites a Secret that isn't its own.

            ## Keys
            """;

    private static final String ABSENT =
            """

            There is never a key `bucket` or `storage`: with one of them the CSI driver rewrites the volume's `setting`.

            A mount that is running keeps the credential it started with, and ends with it. Read the Secret again by restarting what mounts
            before `expires-at`.

            ## Who can mount it

            Stock JuiceFS looks for a volume's keys in one place only: on a standalone Redis in the database of `metaurl`, on a cluster
            under that number in braces. Condition `Ready` of the MountSession says which of these holds:

            """;

    private static final String RECORD =
            """

            ## Labels

            `app.kubernetes.io/managed-by: artifacts-operator` and, unless that name is longer than 63 characters,
            `artifacts.tonbo.io/mount-session: <name of the MountSession>`.

            ## Annotations

            The Secret is the record of its session; `status` of the MountSession is a copy. All annotations begin with
            `artifacts.tonbo.io/`. None is a credential. Whoever changes the data or the record makes the operator open a new session and
            revoke the old one; labels and annotations of your own belong in `spec.secretTemplate`. What others put there stays.

            """;

    private SecretPage() {}

    static String page() {
        String keys = Arrays.stream(SecretKey.values())
                .map(key -> "| `" + key.key() + "` | " + key.reader().words() + " | " + key.meaning() + " |\n")
                .collect(Collectors.joining());
        String fits = Arrays.stream(ClientFit.values())
                .map(fit -> "- " + fit.words() + "\n")
                .collect(Collectors.joining());
        String annotations = Arrays.stream(SecretAnnotation.values())
                .map(each ->
                        "| `" + each.key().substring(each.key().indexOf('/') + 1) + "` | " + each.meaning() + " |\n")
                .collect(Collectors.joining());
        return INTRODUCTION
                + "\n| key | read by | value |\n|---|---|---|\n" + keys
                + ABSENT + fits
                + RECORD + "| annotation | value |\n|---|---|\n" + annotations;
    }
}
