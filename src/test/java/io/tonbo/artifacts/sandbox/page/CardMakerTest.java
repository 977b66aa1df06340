package io.tonbo.artifacts.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tonbo.artifacts.operator.api.v1alpha1.MountSession;
import io.tonbo.artifacts.operator.api.v1alpha1.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a card says of an object, told by the object as kubectl would print it. */
class CardMakerTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

    private final CardMaker maker = new CardMaker(NOW);

    private static <T> T read(String yaml, Class<T> type) {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .registerModule(new JavaTimeModule())
                    .readValue(yaml, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectCard workspace(String rest) {
        return maker.card(read(
                """
                metadata: {name: data, namespace: team, generation: 3, creationTimestamp: "2026-11-01T09:00:00Z"}
                """
                        + rest,
                Workspace.class));
    }

    private static Map<String, String> facts(ObjectCard card) {
        return card.facts().stream().collect(Collectors.toMap(ObjectCard.Fact::label, ObjectCard.Fact::value));
    }

    @Test
    void aNewWorkspaceWaitsForItsFirstLook() {
        ObjectCard card = workspace("status: {observedGeneration: -1}");

        assertThat(card.id()).isEqualTo("workspace/team/data");
        assertThat(card.standing()).isEqualTo(ObjectCard.Standing.NEW);
        assertThat(card.ready()).isEqualTo("Unknown");
        assertThat(card.message()).isEqualTo("The operator has not looked at it yet.");
        assertThat(card.createdAt()).isEqualTo("2026-11-01T09:00:00Z");
        assertThat(card.problem()).isNull();
        assertThat(card.next().at()).isNull();
    }

    @Test
    void aReadyWorkspaceTellsItsAccountAndItsStorageButOnlyTheNamesOfItsSecrets() {
        ObjectCard card = workspace(
                """
                spec:
                  connectionSecretRef: {name: tonbo-token}
                  adoptionPolicy: Adopt
                  storage:
                    {bucket: team-data, endpoint: "https://s3.example.com", credentialsSecretRef: {name: bucket-keys}}
                status:
                  address: artifacts://acme/data
                  state: active
                  observedGeneration: 3
                  conditions:
                  - {type: Ready, status: "True", reason: Active, message: It is active., lastTransitionTime: "2026-11-01T09:30:00Z"}
                """);

        assertThat(card.standing()).isEqualTo(ObjectCard.Standing.READY);
        assertThat(card.account()).isEqualTo("acme");
        assertThat(card.remoteName()).isEqualTo("data");
        assertThat(card.conditions())
                .containsExactly(new ObjectCard.Condition(
                        "Ready", "True", "Active", "It is active.", Instant.parse("2026-11-01T09:30:00Z")));
        assertThat(facts(card))
                .containsEntry("bucket", "team-data")
                .containsEntry("adoptionPolicy", "Adopt")
                .containsEntry("deletionPolicy", "Retain")
                .containsEntry("keys Secret", "bucket-keys")
                .containsEntry("connection Secret", "tonbo-token")
                .doesNotContainKey("prefix");
    }

    @Test
    void aStalledWorkspaceTellsWhatToDoAndWhenTheOperatorLooksAgain() {
        ObjectCard card = workspace(
                """
                status:
                  conditions:
                  - {type: Ready, status: "False", reason: Forbidden, message: m, lastTransitionTime: "2026-11-01T09:59:00Z"}
                  - {type: Stalled, status: "True", reason: Forbidden, message: m, lastTransitionTime: "2026-11-01T09:59:00Z"}
                  lastError: {code: forbidden, httpStatus: 403, reason: Forbidden, severity: Error, message: it is refused,
                    hint: "Look with `artifacts workspace list`.", requestId: req_1, firstSeen: "2026-11-01T09:59:00Z"}
                """);

        assertThat(card.standing()).isEqualTo(ObjectCard.Standing.STALLED);
        assertThat(card.problem().hint()).isEqualTo("Look with `artifacts workspace list`.");
        assertThat(card.problem().operatorDoes())
                .isEqualTo("Sends nothing for this object but a probe every 5 to 30 minutes.");
        assertThat(card.next())
                .isEqualTo(new ObjectCard.NextStep(
                        "Waits for somebody to act; looks again",
                        Instant.parse("2026-11-01T10:04:00Z"),
                        true,
                        "a change of the connection Secret, or a grant made at the orchestrator"));
    }

    @Test
    void aReasonThatTheCatalogueDoesNotHaveIsShownAsItIs() {
        ObjectCard card = workspace(
                """
                status:
                  conditions:
                  - {type: Ready, status: "False", reason: Later, message: m, lastTransitionTime: "2026-11-01T09:59:00Z"}
                  - {type: Reconciling, status: "True", reason: Later, message: m, lastTransitionTime: "2026-11-01T09:59:00Z"}
                  lastError: {code: x, reason: Later, severity: Warning, message: m, hint: h, firstSeen: "2026-11-01T09:59:00Z"}
                """);

        assertThat(card.standing()).isEqualTo(ObjectCard.Standing.RECONCILING);
        assertThat(card.problem().operatorDoes()).isNull();
        assertThat(card.next()).isEqualTo(new ObjectCard.NextStep("Tries again", null, false, null));
    }

    @Test
    void suspendedAndDeletedOnesSaySo() {
        assertThat(workspace("spec: {suspend: true}").standing()).isEqualTo(ObjectCard.Standing.SUSPENDED);
        Workspace deleted = read(
                """
                metadata: {name: data, namespace: team, deletionTimestamp: "2026-11-01T09:59:00Z"}
                spec: {suspend: true}
                """,
                Workspace.class);
        assertThat(maker.card(deleted).standing()).isEqualTo(ObjectCard.Standing.TERMINATING);
    }

    @Test
    void aMountSessionShowsTheLifeOfItsCredential() {
        ObjectCard card = session("2026-11-01T10:30:00Z");

        assertThat(card.workspace()).isEqualTo("data");
        assertThat(card.remoteName()).isNull();
        assertThat(card.renewal().previous())
                .containsExactly(new ObjectCard.Previous("ses_1", Instant.parse("2026-11-01T10:10:00Z")));
        assertThat(card.next())
                .isEqualTo(new ObjectCard.NextStep(
                        "Renews the credential",
                        Instant.parse("2026-11-01T10:30:00Z"),
                        false,
                        "a change of spec.ttlSeconds"));
        assertThat(facts(card)).containsEntry("mode", "ReadOnly").containsEntry("Secret", "reader");
        assertThat(session("2026-11-01T09:59:59Z").next().what()).isEqualTo("Is renewing the credential");
    }

    private ObjectCard session(String renewAt) {
        return maker.card(read(
                """
                metadata: {name: reader, namespace: team}
                spec: {workspaceRef: {name: data}, mode: ReadOnly, ttlSeconds: 3600}
                status:
                  sessionId: ses_2
                  issuedAt: "2026-11-01T09:50:00Z"
                  renewAt: "%s"
                  expiresAt: "2026-11-01T10:50:00Z"
                  previousSessions: [{id: ses_1, expiresAt: "2026-11-01T10:10:00Z"}]
                  conditions:
                  - {type: Ready, status: "True", reason: CredentialPublished, message: m, lastTransitionTime: "2026-11-01T09:50:00Z"}
                """
                        .formatted(renewAt),
                MountSession.class));
    }

    @Test
    void theCardsOfOneWorkspaceStandTogetherTheNewestFirst() {
        ObjectCard old = card("Workspace", "old", "old", "2026-11-01T08:00:00Z");
        ObjectCard second = card("Workspace", "young", "young", "2026-11-01T08:30:00Z");
        ObjectCard itsSession = card("MountSession", "a-session", "old", "2026-11-01T09:00:00Z");

        assertThat(StateAssembly.inOrder(List.of(second, itsSession, old))).containsExactly(old, itsSession, second);
    }

    private static ObjectCard card(String kind, String name, String workspace, String createdAt) {
        return new ObjectCard(
                CardMaker.id(kind, "team", name),
                kind,
                "team",
                name,
                workspace,
                null,
                null,
                Instant.parse(createdAt),
                ObjectCard.Standing.READY,
                "True",
                "Active",
                "",
                null,
                null,
                null,
                List.of(),
                List.of());
    }

    @Test
    void whatIsNoTimeIsNone() {
        assertThat(CardMaker.time("soon")).isNull();
        assertThat(CardMaker.time(null)).isNull();
    }
}
