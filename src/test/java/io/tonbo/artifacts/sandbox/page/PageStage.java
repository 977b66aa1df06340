package io.tonbo.artifacts.sandbox.page;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tonbo.artifacts.operator.testing.Kstatus;
import io.tonbo.artifacts.operator.testing.ObjectHistory;
import io.tonbo.artifacts.operator.testing.ProblemStage;
import io.tonbo.artifacts.operator.testing.World;
import io.tonbo.artifacts.sandbox.trouble.SandboxParts;
import io.tonbo.artifacts.sandbox.trouble.Subject;
import io.tonbo.artifacts.sandbox.trouble.Trouble;
import io.tonbo.artifacts.sandbox.trouble.TroubleDesk;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A live page with everything behind it real: Kubernetes API, operator, orchestrator, Redis and S3, waiting times scaled. */
final class PageStage implements AutoCloseable {
    private static final Pattern CREDENTIAL = Pattern.compile("token|metaurl|.*SECRET_ACCESS_KEY|.*SESSION_TOKEN|envs");
    private static final Pattern PASSWORD = Pattern.compile("://[^:/@]*:([^@]+)@");

    private final ProblemStage stage = new ProblemStage("page", 0.05, Map.of("ARTIFACTS_POLL_INTERVAL", "PT10S"));
    private final Set<String> credentials = ConcurrentHashMap.newKeySet();
    private final SharedIndexInformer<Secret> secrets;
    private final TroubleDesk desk;
    private final PageParts parts;
    private LivePage page;

    PageStage() {
        World world = stage.world();
        SandboxParts sandbox =
                new SandboxParts(client(), true, stage.namespace(), world.orchestrator(), world.s3(), world.redis());
        secrets = client().secrets().inNamespace(stage.namespace()).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Secret secret) {
                credentialsIn(secret).forEach(credentials::add);
            }

            @Override
            public void onUpdate(Secret before, Secret secret) {
                onAdd(secret);
            }

            @Override
            public void onDelete(Secret secret, boolean unknown) {
                onAdd(secret);
            }
        });
        desk = new TroubleDesk(sandbox);
        PageParts all = PageParts.of(sandbox, desk);
        parts = new PageParts(all.client(), all.calls(), all.switches(), Set.of(stage.namespace()));
        page = LivePage.start(parts, 0);
    }

    private KubernetesClient client() {
        return stage.world().cluster().adminClient();
    }

    URI url() {
        return page.url();
    }

    /** The server goes away. */
    void stopServing() {
        page.close();
    }

    /** It is back where it was. */
    void serveAgain(URI url) {
        page = LivePage.start(parts, url.getPort());
    }

    TroubleDesk desk() {
        return desk;
    }

    ProblemStage stage() {
        return stage;
    }

    /** What the page calls the object that shows a trouble. */
    String object(Trouble trouble) {
        return CardMaker.id(trouble.subject().kind(), stage.namespace(), trouble.id());
    }

    /** Every hint that the operator ever wrote for that trouble, its commands' marks left out, as a page shows it. */
    Set<String> hints(Trouble trouble) {
        ObjectHistory<? extends CustomResource<?, ?>> history =
                trouble.subject() == Subject.WORKSPACE ? stage.history() : stage.sessions();
        return history.of(trouble.id()).stream()
                .map(Kstatus::lastError)
                .filter(Objects::nonNull)
                .filter(error -> error.getReason().equals(trouble.row().reason()))
                .map(error ->
                        error.getHint().replace("`", "").replaceAll("\\s+", " ").trim())
                .collect(Collectors.toSet());
    }

    /**
     * Every credential that ever was in a Secret here, the revoked and replaced ones too: tokens, keys, metadata URLs and the
     * passwords in those.
     */
    Set<String> secrets() {
        return Set.copyOf(credentials);
    }

    private static Stream<String> credentialsIn(Secret secret) {
        return secret.getData() == null
                ? Stream.empty()
                : secret.getData().entrySet().stream()
                        .filter(entry -> CREDENTIAL.matcher(entry.getKey()).matches())
                        .map(entry -> new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8))
                        .flatMap(value -> Stream.concat(
                                Stream.of(value),
                                PASSWORD.matcher(value).results().map(found -> found.group(1))))
                        .filter(value -> value.length() >= 8);
    }

    @Override
    public void close() {
        page.close();
        desk.close();
        secrets.stop();
        stage.close();
    }
}
