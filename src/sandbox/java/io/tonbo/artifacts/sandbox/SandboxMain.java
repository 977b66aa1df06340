package io.tonbo.artifacts.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs the sandbox for a person: {@code ./mvnw -Psandbox}. */
public final class SandboxMain {
    private static final int NOT_READY = 1;

    private SandboxMain() {}

    /**
     * Stays until Ctrl-C. With the system property {@code sandbox.once}: ends with exit code 0 once the Workspace is Ready,
     * else 1, the reason on standard error.
     *
     * @param arguments none
     */
    public static void main(String... arguments) {
        // The libraries' own remarks are not what a newcomer came for.
        Logger.getLogger("").setLevel(Level.SEVERE);
        System.exit(run(SandboxSettings.from(System.getProperties()), new Narrator(System.out)));
    }

    @SuppressWarnings("IllegalCatch")
    private static int run(SandboxSettings settings, Narrator narrator) {
        Sandbox sandbox = new Sandbox(settings, narrator);
        Thread atExit = new Thread(() -> end(sandbox, narrator), "end-of-sandbox");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            narrator.say(
                    "\nThe Artifacts Operator's sandbox. Everything in it is on this machine and gone when it ends.\n");
            sandbox.start();
            Optional<String> wrong = sandbox.bringToReady();
            wrong.ifPresentOrElse(
                    why -> System.err.println("\nNot Ready: " + why),
                    () -> narrator.say("\nReady after " + narrator.elapsed().toSeconds() + " s."));
            if (settings.once()) {
                return wrong.isPresent() ? NOT_READY : 0;
            }
            invite(sandbox, narrator);
            sandbox.stay();
            return 0;
        } catch (Exception e) {
            if (sandbox.isClosed()) {
                return 0;
            }
            System.err.println("\nThe sandbox cannot go on: " + e.getMessage());
            return NOT_READY;
        }
    }

    private static void end(Sandbox sandbox, Narrator narrator) {
        narrator.say("");
        sandbox.close();
        narrator.tell("ended", "nothing is left running");
    }

    private static void invite(Sandbox sandbox, Narrator narrator) {
        String broken = "examples/wrong-bucket.yaml";
        String mistake = sandbox.s3Endpoint().equals(Sandbox.examplesEndpoint())
                ? "kubectl apply -f " + broken
                : "sed 's#" + Sandbox.examplesEndpoint() + "#" + sandbox.s3Endpoint() + "#' " + broken
                        + " | kubectl apply -f -";
        narrator.say(
                """

                In another terminal, in this directory:

                  export KUBECONFIG=%s
                %s  kubectl get artifacts
                  kubectl describe mountsession quickstart
                  kubectl get secret quickstart -o yaml
                  kubectl explain workspace.spec

                Break something, read what the operator makes of it, and mend it:

                  %s
                  kubectl describe workspace wrong-bucket
                  kubectl patch workspace wrong-bucket --type=merge -p '{"spec":{"storage":{"bucket":"team-data"}}}'

                Ctrl-C ends everything."""
                        .formatted(sandbox.kubeconfig(), path(sandbox), mistake));
    }

    /** Whoever has no kubectl can have the sandbox's. */
    private static String path(Sandbox sandbox) {
        boolean there = Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
        return there ? "" : "  export PATH=$PATH:" + sandbox.kubectl().getParent() + "\n";
    }
}
