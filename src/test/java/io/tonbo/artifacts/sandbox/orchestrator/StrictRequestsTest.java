package io.tonbo.artifacts.sandbox.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server refuses, and with which words. */
class StrictRequestsTest extends OnOrchestrator {
    private static final String GOOD = "{'name':'data','backend':'byo','cache_profile':'custom',"
            + "'storage':{'bucket':'data','endpoint':'https://s3.example.com','region':'auto','prefix':'a/b'}}";

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'data'                   | null               | name is required
            'name':'data',           | ""                 | name is required
            'data'                   | 7                  | name must be a string
            'name':'data'            | 'name':'Data'      | name must match ^[a-z][a-z0-9-]{0,38}[a-z0-9]$
            'name':'data'            | 'name':'d'         | name must match
            'name':'data'            | 'name':'data-'     | name must match
            'byo'                    | 'managed'          | backend must be one of byo
            'backend':'byo',         | ""                 | backend is required
            'custom'                 | 'fast'             | cache_profile must be one of benchmark, custom, interactive
            'bucket':'data',         | ""                 | storage.bucket is required
            'bucket':'data'          | 'bucket':null      | storage.bucket is required
            'bucket':'data'          | 'bucket':'UP'      | storage.bucket must match
            'https://s3.example.com' | null               | storage.endpoint is required
            https://                 | ftp://             | storage.endpoint must match
            https://                 | https://me:pw@     | storage.endpoint must be a plain URL
            s3.example.com           | s3.example.com?a=1 | storage.endpoint must be a plain URL
            'auto'                   | 'Auto!'            | storage.region must match
            'auto'                   | 1                  | storage.region must be a string
            'a/b'                    | 'a b'              | storage.prefix must match
            'backend'                | 'owner':1,'backend' | owner is not a known field
            'bucket'                 | 'access_key_id':'AKIA','bucket' | storage.access_key_id is not a known field
            'backend'                | 'name':'two','backend' | not valid JSON
            'custom',                | 'custom'           | not valid JSON
            """)
    void aReservationIsCheckedFieldByField(String part, String instead, String complaint) throws Exception {
        assertThat(GOOD).contains(part);
        Http.Answer answer =
                http.post("/workspaces", GOOD.replace(part, instead).replace('\'', '"'));
        assertThat(answer.code()).isEqualTo("invalid_request");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/message")).contains(complaint);
        assertThat(admin.workspaces(handle)).isEmpty();
    }

    @Test
    void whatIsOptionalMayBeNullOrAbsent() throws Exception {
        assertThat(http.post("/workspaces", GOOD.replace('\'', '"')).status()).isEqualTo(201);
        String least = "{'name':'least','backend':'byo','cache_profile':null,"
                + "'storage':{'bucket':'data','endpoint':'http://127.0.0.1:9000','region':null}}";
        Http.Answer answer = http.post("/workspaces", least.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("/workspace/storage/region")).isEmpty();
        assertThat(answer.text("/workspace/storage/prefix")).isEmpty();
        assertThat(answer.text("/workspace/cache_profile")).isEqualTo("interactive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"text\"", "{", "{} {}"})
    void aBodyThatIsNotOneObjectIsRefused(String body) throws Exception {
        assertThat(http.post("/workspaces", body).code()).isEqualTo("invalid_request");
    }

    @Test
    void aBodyMustBeCalledJsonAndBeShort() throws Exception {
        Http.Answer untyped = http.with("Content-Type", "text/plain").post("/workspaces", GOOD.replace('\'', '"'));
        assertThat(untyped.text("/message")).isEqualTo("Content-Type must be application/json");
        Http.Answer large = http.post("/workspaces", "{\"name\":\"" + "x".repeat(70_000) + "\"}");
        assertThat(large.text("/message")).isEqualTo("the body must be at most 65536 bytes");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            {}                                             | mode is required
            {'mode':'rx','ttl_seconds':60}                 | mode must be one of ro, rw
            {'mode':'rw'}                                  | ttl_seconds is required
            {'mode':'rw','ttl_seconds':59}                 | ttl_seconds must be between 60 and 604800
            {'mode':'rw','ttl_seconds':604801}             | ttl_seconds must be between 60 and 604800
            {'mode':'rw','ttl_seconds':99999999999999999999} | ttl_seconds must be between 60 and 604800
            {'mode':'rw','ttl_seconds':'60'}               | ttl_seconds must be an integer
            {'mode':'rw','ttl_seconds':60.5}               | ttl_seconds must be an integer
            {'mode':'rw','ttl_seconds':60,'user':'me'}     | user is not a known field
            """)
    void aSessionIsCheckedFieldByField(String body, String complaint) throws Exception {
        admin.makeAsCli(handle, "data", STORAGE, CliProgress.ACTIVE);
        Http.Answer answer = http.post(path("data") + "/mount-sessions", body.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/message")).isEqualTo(complaint);
        assertThat(admin.sessions(handle, "data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=-1", "?limit=ten", "?cursor=bm9uc2Vuc2U", "?cursor=%20"})
    void aPageIsCheckedToo(String query) throws Exception {
        assertThat(http.get("/workspaces" + query).code()).isEqualTo("invalid_request");
    }

    @Test
    void parametersThatNobodyKnowsAreIgnored() throws Exception {
        assertThat(http.get("/workspaces?colour=red").status()).isEqualTo(200);
    }

    @Test
    void aConfirmationHasNoBodyOrAnEmptyObject() throws Exception {
        admin.makeAsCli(handle, "data", STORAGE, CliProgress.FORMATTED);
        assertThat(http.post(path("data") + "/format-completed", "{\"force\":true}")
                        .code())
                .isEqualTo("invalid_request");
        assertThat(http.post(path("data") + "/format-completed", "{}").status()).isEqualTo(200);
    }

    @Test
    void aLaterRevisionTakesLongerNamesAndCallsAMissingSettingInvalid() throws Exception {
        assertThat(http.reserve("My_Data").status()).isEqualTo(422);
        orchestrator.behaviour().laterRevision(true);
        assertThat(http.reserve("My_Data").status()).isEqualTo(201);
        Http.Answer missing = http.confirm(handle, "My_Data");
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.code()).isEqualTo("invalid_request");
        assertThat(missing.text("/message")).contains("juicefs format");
    }

    @Test
    void withoutAValidTokenNothingIsAnswered() throws Exception {
        String expired = admin.mintToken(handle, TokenKind.JWT, Duration.ofSeconds(-1));
        String revoked = admin.mintToken(handle, TokenKind.JWT);
        admin.revokeToken(revoked);
        String ended = admin.mintToken(handle, TokenKind.SERVICE);
        admin.expireToken(ended);
        for (String token : new String[] {null, "", "art_wrong", "a.b.c", expired, revoked, ended}) {
            Http.Answer answer = http.as(token).get("/workspaces");
            assertThat(answer.status()).as("token %s", token).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("unauthorized");
        }
        Http.Answer basic =
                http.as(null).with("Authorization", "Basic bWU6cHc=").get("/workspaces");
        assertThat(basic.code()).isEqualTo("unauthorized");
    }

    @Test
    void everyKindOfTokenIsTakenButApiKeysOnlyByNewerServers() throws Exception {
        assertThat(admin.mintToken(handle, TokenKind.JWT)).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        assertThat(admin.mintToken(handle, TokenKind.SERVICE)).startsWith("art_");
        for (TokenKind kind : TokenKind.values()) {
            assertThat(http.as(admin.mintToken(handle, kind)).get("/workspaces").status())
                    .isEqualTo(200);
        }
        orchestrator.behaviour().acceptsApiKeys(false);
        String key = admin.mintToken(handle, TokenKind.API_KEY);
        assertThat(key).startsWith("tbo_");
        assertThat(http.as(key).get("/workspaces").code()).isEqualTo("unauthorized");
    }

    @Test
    void anotherAccountsWorkspaceIsForbiddenOrNotFound() throws Exception {
        makeActive("data");
        String session = http.open(handle, "data", "rw").text("/session/id");
        Http stranger = Http.of(orchestrator, handle + "-stranger");
        assertThat(stranger.get(path("data")).code()).isEqualTo("forbidden");
        assertThat(stranger.get(path("data")).status()).isEqualTo(403);
        assertThat(stranger.delete(path("data")).status()).isEqualTo(403);
        assertThat(stranger.confirm(handle, "data").status()).isEqualTo(403);
        assertThat(stranger.open(handle, "data", "ro").status()).isEqualTo(403);
        assertThat(stranger.delete("/mount-sessions/" + session).status()).isEqualTo(403);
        orchestrator.behaviour().foreign(Behaviour.Foreign.NOT_FOUND);
        assertThat(stranger.get(path("data")).code()).isEqualTo("workspace_not_found");
        assertThat(stranger.delete("/mount-sessions/" + session).status()).isEqualTo(404);
        assertThat(admin.workspace(handle, "data").orElseThrow().state()).isEqualTo(WorkspaceState.ACTIVE);
    }

    @Test
    void aTokenThatMayOnlyReadIsForbiddenTheRest() throws Exception {
        Http reader = http.as(admin.mintReadOnlyToken(handle));
        assertThat(reader.get("/workspaces").status()).isEqualTo(200);
        assertThat(reader.reserve("data").code()).isEqualTo("forbidden");
        assertThat(admin.workspaces(handle)).isEmpty();
    }
}
