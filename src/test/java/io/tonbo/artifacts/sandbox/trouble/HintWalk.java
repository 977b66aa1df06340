package io.tonbo.artifacts.sandbox.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.orchestrator.TokenKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Somebody who has nothing but kubectl, and does what the hint of an object's status says. */
final class HintWalk {
    private static final Pattern COMMAND = Pattern.compile("`([^`]+)`");

    private final World world;
    private final String namespace;
    private final Trouble trouble;
    private final Shell shell;

    /**
     * @param directory an empty one
     */
    HintWalk(World world, String namespace, Trouble trouble, Path directory) {
        this.world = world;
        this.namespace = namespace;
        this.trouble = trouble;
        this.shell = new Shell(world.cluster(), directory);
    }

    /** Follows the hint of the object, which shows it now. */
    void follow(CustomResource<?, ?> object) {
        layOutFiles();
        WaysOut.Way way = WaysOut.of(trouble, world.s3().endpoint().toString());
        Map<String, String> manifests = manifests();
        List<String> commands = commands(Kstatus.lastError(object).getHint()).stream()
                .filter(command -> way.takes(command.replace("-n " + namespace + " ", "-n NAMESPACE ")))
                .toList();
        assertThat(commands).as("commands in the hint").isNotEmpty();
        commands.forEach(command -> run(command, way.edit()));
        inOtherWords(commands);
        way.again().forEach(kind -> apply(manifests.get(kind), way.changed()));
    }

    static List<String> commands(String hint) {
        return COMMAND.matcher(hint)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** What hints name in {@code --from-file}. */
    private void layOutFiles() {
        world.s3().addKey(World.KEY_ID, World.KEY_SECRET);
        shell.file("token", world.orchestrator().admin().mintToken(trouble.id(), TokenKind.JWT));
        shell.file("id", World.KEY_ID);
        shell.file("key", World.KEY_SECRET);
    }

    private void run(String command, String edit) {
        if (command.startsWith("artifacts workspace delete ")) {
            // The command line's own: it asks the orchestrator.
            world.orchestrator().admin().deleteRemotely(trouble.id(), trouble.id());
            return;
        }
        String output = shell.run(command, edit);
        if (command.contains(" edit ")) {
            assertThat(output.contains("no changes made")).as(output).isEqualTo(edit == null);
        }
    }

    /** What two hints say without a command of their own. */
    private void inOtherWords(List<String> commands) {
        if (trouble.type() == ProblemType.IN_USE) {
            assertThat(shell.run(commands.get(0), null)).contains(trouble.id());
            shell.run(commands.get(0).replace(" get ", " delete "), null);
        }
        if (trouble.type() == ProblemType.WORKSPACE_NOT_READY) {
            Awaitility.await().until(() -> Kstatus.lastError(workspace()) != null);
            commands(Kstatus.lastError(workspace()).getHint()).stream()
                    .filter(command -> command.startsWith("kubectl "))
                    .forEach(command -> run(command, null));
        }
    }

    private void apply(String manifest, String changed) {
        shell.file("manifest.yaml", manifest);
        if (changed != null) {
            shell.run("sed -i -e '" + changed + "' manifest.yaml", null);
        }
        shell.run("kubectl -n " + namespace + " apply -f manifest.yaml", null);
    }

    /** What was applied once; of what never was, what should have been. */
    private Map<String, String> manifests() {
        Map<String, String> manifests = new LinkedHashMap<>();
        Workspace workspace = workspace();
        manifests.put(WaysOut.WORKSPACE, workspace == null ? usualWorkspace() : manifest(workspace));
        MountSession session = world.cluster()
                .adminClient()
                .resources(MountSession.class)
                .inNamespace(namespace)
                .withName(trouble.id())
                .get();
        if (session != null) {
            manifests.put(WaysOut.SESSION, manifest(session));
        }
        return manifests;
    }

    private Workspace workspace() {
        return world.cluster()
                .adminClient()
                .resources(Workspace.class)
                .inNamespace(namespace)
                .withName(trouble.id())
                .get();
    }

    private static String manifest(CustomResource<?, ?> object) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("apiVersion", object.getApiVersion());
        manifest.put("kind", object.getKind());
        manifest.put("metadata", Map.of("name", object.getMetadata().getName()));
        manifest.put("spec", object.getSpec());
        return Serialization.asYaml(manifest);
    }

    private String usualWorkspace() {
        return """
                apiVersion: artifacts.tonbo.io/v1alpha1
                kind: Workspace
                metadata:
                  name: %1$s
                spec:
                  storage:
                    bucket: %1$s
                    endpoint: %2$s
                    credentialsSecretRef:
                      name: %1$s-keys
                  connectionSecretRef:
                    name: %1$s-token
                """
                .formatted(trouble.id(), world.s3().endpoint());
    }
}
