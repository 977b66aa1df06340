package io.tonbo.artifacts.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it says, and that it lets nothing pass that it could not look at. */
@EnableKubernetesMockClient
class UninstallCheckTest {
    private static final String API = "/apis/artifacts.tonbo.io/v1alpha1/";
    private static final String FEW = "?limit=11";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private KubernetesMockServer server;
    private KubernetesClient client;

    @BeforeEach
    void impatient() {
        client.getConfiguration().setRequestRetryBackoffLimit(0);
    }

    private int check() {
        return new UninstallCheck(client).run(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private void answer(String path, int code, Object body) {
        server.expect().get().withPath(API + path + FEW).andReturn(code, body).always();
    }

    private static KubernetesResourceList<Workspace> workspaces(String... names) {
        DefaultKubernetesResourceList<Workspace> list = new DefaultKubernetesResourceList<>();
        list.setItems(List.of(names).stream().map(UninstallCheckTest::workspace).toList());
        return list;
    }

    private static Workspace workspace(String name) {
        Workspace workspace = new Workspace();
        workspace.setMetadata(
                new ObjectMetaBuilder().withNamespace("team").withName(name).build());
        return workspace;
    }

    private static KubernetesResourceList<MountSession> none() {
        return new DefaultKubernetesResourceList<>();
    }

    @Test
    void whereNothingIsLeftTheReleaseMayGo() {
        answer("mountsessions", 200, none());
        answer("workspaces", 200, none());

        assertThat(check()).isZero();
        assertThat(said()).contains("no Workspace and no MountSession is left");
    }

    @Test
    void whatIsLeftIsNamedWithTheCommandsThatEndIt() {
        answer("mountsessions", 200, none());
        answer("workspaces", 200, workspaces("files"));

        assertThat(check()).isEqualTo(1);
        assertThat(said())
                .contains("Workspace team/files", "kubectl delete workspaces.artifacts.tonbo.io --all")
                .doesNotContain("and others");
    }

    @Test
    void ofManyAFewAreNamed() {
        answer("mountsessions", 200, none());
        answer(
                "workspaces",
                200,
                workspaces(IntStream.range(0, 11).mapToObj(i -> "w" + i).toArray(String[]::new)));

        assertThat(check()).isEqualTo(1);
        assertThat(said()).contains("team/w9", "and others").doesNotContain("team/w10");
    }

    /** The definitions were deleted by hand: there can't be an object. */
    @Test
    void withoutTheDefinitionsNothingIsLeft() {
        answer("mountsessions", 404, "");
        answer("workspaces", 404, "");

        assertThat(check()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500, 503})
    void whatCannotBeFoundOutIsNotTakenForNothing(int code) {
        answer("mountsessions", 200, none());
        answer("workspaces", code, "");

        assertThat(check()).isEqualTo(1);
        assertThat(said()).contains("can't be found out (HTTP " + code + ")", "helm uninstall --no-hooks");
    }

    @Test
    void anApiServerThatIsAwayIsSaidSo() {
        server.shutdown();

        assertThat(check()).isEqualTo(1);
        assertThat(said()).contains("can't be found out (the API server does not answer)");
    }
}
