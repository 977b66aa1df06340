package io.tonbo.artifacts.sandbox;

import io.fabric8.kubernetes.client.CustomResource;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.ResourceStatus;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a person can do once all is Ready, on one screen.
 *
 * @param kubeconfig to export
 * @param kubectl one that works with the sandbox; empty if none does
 * @param s3Endpoint of the S3 server
 * @param page address of the live page
 * @param applied what was applied, as the API server has it
 * @param searchPath directories that hold the person's programs, as in the variable PATH
 */
record Invitation(
        Path kubeconfig,
        Optional<Path> kubectl,
        String s3Endpoint,
        URI page,
        Collection<? extends CustomResource<?, ? extends ResourceStatus>> applied,
        String searchPath) {
    private static final String BROKEN = "wrong-bucket";

    /**
     * @return lines to show
     */
    String text() {
        return "\nThe live page, where each error is a click away:  " + page + "\n"
                + kubectl.map(this::withKubectl).orElseGet(Invitation::withoutKubectl)
                + "\nCtrl-C ends everything.";
    }

    private String withKubectl(Path program) {
        String text = "\nIn another terminal, in this directory:\n\n" + indented(toLook(program));
        return isApplied(BROKEN)
                ? text
                : text + "\nBreak something here or on the page, and read what to do about it:\n\n"
                        + indented(toBreak());
    }

    private List<String> toLook(Path program) {
        List<String> commands = new ArrayList<>(List.of("export KUBECONFIG=" + quoted(kubeconfig)));
        // Whoever has no kubectl can have the sandbox's.
        if (!isFound("kubectl")) {
            commands.add(
                    "export PATH=\"$PATH\":" + quoted(program.toAbsolutePath().getParent()));
        }
        commands.add("kubectl get artifacts");
        for (CustomResource<?, ? extends ResourceStatus> object : applied) {
            commands.add("kubectl describe " + object.getKind().toLowerCase(Locale.ROOT) + " "
                    + object.getMetadata().getName());
            if (object instanceof MountSession session) {
                commands.add("kubectl describe secret " + session.secretName());
            }
        }
        return commands;
    }

    private List<String> toBreak() {
        String file = "examples/" + BROKEN + ".yaml";
        return List.of(
                s3Endpoint.equals(DemoObjects.EXAMPLES_ENDPOINT)
                        ? "kubectl apply -f " + file
                        : "sed 's#" + DemoObjects.EXAMPLES_ENDPOINT + "#" + s3Endpoint + "#' " + file
                                + " | kubectl apply -f -",
                "kubectl describe workspace " + BROKEN);
    }

    private boolean isApplied(String name) {
        return applied.stream()
                .anyMatch(object -> object.getMetadata().getName().equals(name));
    }

    private static String indented(List<String> commands) {
        return "  " + String.join("\n  ", commands) + "\n";
    }

    private static String withoutKubectl() {
        return """

                The Kubernetes API is a mock. kubectl does not work with it, and there is
                no validation, no RBAC and no garbage collection. The real one, downloaded
                or else built with Go, once:

                  ./mvnw -Psandbox -Dsandbox.kubernetes=real
                """;
    }

    private boolean isFound(String program) {
        return Stream.of(searchPath.split(File.pathSeparator, -1))
                .anyMatch(directory -> !directory.isBlank() && Files.isExecutable(Path.of(directory, program)));
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./@:+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
