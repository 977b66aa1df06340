package io.tonbo.artifacts.operator.mountsession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tonbo.artifacts.operator.api.v1alpha1.ConditionStatus;
import io.tonbo.artifacts.operator.api.v1alpha1.MountMode;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import io.tonbo.artifacts.operator.status.StatusReport;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What condition Ready says of a credential: what for, until when, what keeps it from writing, and who can mount with it. */
class ReadyWordsTest {
    private static final String URL = "redis://sess:PASS-SECRET@meta.example.com:6379/1";

    private final MountSession session = Served.mountSession();
    private final Workspace workspace = Served.activeWorkspace();
    private final Map<String, String> data =
            new HashMap<>(Served.credential(Served.opened("ms_1", "rw", URL)).data());
    private String readOnlyBy = "";

    private String message() {
        return new ReadyWords(
                        new SessionView(session),
                        new ServedWorkspace(workspace),
                        Served.record("ms_1").readOnlyBy(readOnlyBy),
                        data)
                .message();
    }

    @Test
    void aCredentialIsForAPlaceUntilATime() {
        assertThat(message())
                .isEqualTo("Secret mount holds a read-write credential for artifacts://ada/files that works until"
                        + " 2026-11-01T13:00:00Z. Mount it with Tonbo's own mount container: stock JuiceFS cannot use its"
                        + " key-prefix.");
    }

    @Test
    void withoutAnAddressTheWorkspaceIsNamed() {
        workspace.getStatus().setAddress(null);
        assertThat(message()).contains("credential for Workspace files that works");
    }

    @ParameterizedTest
    @CsvSource({
        "server, The metadata server refuses its writes.",
        "mount-options, Only the published mount-options keep a mount from writing: this server would let it.",
        "'', ''"
    })
    void whatKeepsAReadOnlyOneFromWritingIsSaid(String by, String words) {
        session.getSpec().setMode(MountMode.READ_ONLY);
        data.put("mode", "ro");
        readOnlyBy = by;

        assertThat(message()).contains("a read-only credential").contains(words).doesNotContain("granted no more");
    }

    @Test
    void whoAskedForMoreThanReadingIsToldThatTheServerGrantedNoMore() {
        data.put("mode", "ro");
        readOnlyBy = SessionRecord.BY_SERVER;
        assertThat(message()).contains("The server granted no more than reading. The metadata server refuses");
    }

    @ParameterizedTest
    @CsvSource({
        "'', redis://u:p@h:6379/0, 'Any JuiceFS client can mount it, unless its metadata Redis is a cluster.'",
        "{3}, redis://u:p@h:6379/3, 'Any JuiceFS client can mount it, provided its metadata Redis is a cluster.'",
        "'', redis://u:p@h:6379/4, 'would SELECT the database of its metaurl'",
        "{u}:, no-url, 'stock JuiceFS cannot use its key-prefix.'"
    })
    void whoCanMountItIsSaid(String prefix, String url, String words) {
        data.put("key-prefix", prefix);
        data.put("metaurl", url);
        assertThat(message()).contains(words);
    }

    @Test
    void noSecretIsPutOut() {
        assertThat(message()).doesNotContain("PASS-SECRET", "KEY-SECRET");
    }

    @Test
    void theRenewalIsToldInWholeSeconds() {
        StatusReport.Fact renewed = ReadyWords.renewed(Served.ISSUED.plusMillis(1500));

        assertThat(renewed.status()).isEqualTo(ConditionStatus.TRUE);
        assertThat(renewed.reason()).isEqualTo("CredentialCurrent");
        assertThat(renewed.message()).endsWith("it is renewed at 2026-11-01T12:00:01Z.");
    }
}
