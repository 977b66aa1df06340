package io.tonbo.artifacts.sandbox;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What a person can do once all is Ready, on one screen. */
final class Invitation {
    private static final String BROKEN = "examples/wrong-bucket.yaml";

    private final Path kubeconfig;
    private final Optional<Path> kubectl;
    private final String s3Endpoint;
    private final URI page;

    /**
     * @param kubeconfig to export
     * @param kubectl one that works with the sandbox; empty if none does
     * @param s3Endpoint of the S3 server
     * @param page address of the live page
     */
    Invitation(Path kubeconfig, Optional<Path> kubectl, String s3Endpoint, URI page) {
        this.kubeconfig = kubeconfig;
        this.kubectl = kubectl;
        this.s3Endpoint = s3Endpoint;
        this.page = page;
    }

    /**
     * @return lines to show
     */
    String text() {
        return "\nThe live page, where each error is a click away:  " + page + "\n"
                + kubectl.map(this::withKubectl).orElseGet(Invitation::withoutKubectl)
                + "\nCtrl-C ends everything.";
    }

    private String withKubectl(Path program) {
        return """

                In another terminal, in this directory:

                  export KUBECONFIG=%s
                %s  kubectl get artifacts
                  kubectl describe mountsession quickstart
                  kubectl get secret quickstart -o yaml

                Break something here or on the page, and read what to do about it:

                  %s
                  kubectl describe workspace wrong-bucket
                """
                .formatted(quoted(kubeconfig), path(program), mistake());
    }

    private static String withoutKubectl() {
        return """

                The Kubernetes API is a mock. kubectl does not work with it, and there is
                no validation, no RBAC and no garbage collection. The real one, downloaded
                or else built with Go, once:

                  ./mvnw -Psandbox -Dsandbox.kubernetes=real
                """;
    }

    private String mistake() {
        return s3Endpoint.equals(DemoObjects.EXAMPLES_ENDPOINT)
                ? "kubectl apply -f " + BROKEN
                : "sed 's#" + DemoObjects.EXAMPLES_ENDPOINT + "#" + s3Endpoint + "#' " + BROKEN
                        + " | kubectl apply -f -";
    }

    /** Whoever has no kubectl can have the sandbox's. */
    private static String path(Path program) {
        boolean there = Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
        return there ? "" : "  export PATH=$PATH:" + quoted(program.getParent()) + "\n";
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./@:+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
