package io.tonbo.artifacts.sandbox.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The mock server's way to answer, with what an operator needs and the mock has not, or has otherwise than an API server:
 * merge patches by RFC 7396 (the mock appends to lists, and keeps nulls), conflicts on the status subresource too, patches
 * that create (server-side apply), the object as the answer to the patch that takes its last finalizer, deletion of one uid
 * only, {@code dryRun}, {@code stringData} of Secrets, defaults of a CRD's schema, and an answer whatever happens.
 */
final class MockApi extends KubernetesCrudDispatcher {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final String STATUS = "/status";
    private static final Pattern TRIAL = Pattern.compile("[?&]dryRun=All");
    private static final int UNPROCESSABLE = 422;

    private final Runnable afterEach;
    private final WriteDefaults defaults = new WriteDefaults();

    /**
     * @param afterEach run after each request
     */
    MockApi(Runnable afterEach) {
        this.afterEach = afterEach;
    }

    /** One at a time: what a patch is based on does not change before it is written. */
    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        try {
            if (request.method() == HttpMethod.GET && request.getPath().equals("/version")) {
                return answer(200, "{\"major\":\"1\",\"minor\":\"34\",\"gitVersion\":\"v1.34.0-mock\"}");
            }
            MockResponse refusal = request.method() == HttpMethod.DELETE ? notToBeDeleted(request) : null;
            MockResponse response = refusal == null ? super.dispatch(request) : refusal;
            return response == null ? refusal(405, "MethodNotAllowed", "the mock does not know it") : response;
        } catch (RuntimeException e) {
            // Without an answer the client would wait for one.
            return refusal(HttpURLConnection.HTTP_INTERNAL_ERROR, "InternalError", "the mock failed: " + e);
        } finally {
            afterEach.run();
        }
    }

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
        return created(pathOf(request), (ObjectNode) parsed(bodyOf(request)), isTrial(request));
    }

    @Override
    public MockResponse handleUpdate(RecordedRequest request) {
        return updated(pathOf(request), (ObjectNode) parsed(bodyOf(request)), isTrial(request));
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
        String path = pathOf(request);
        String type = String.valueOf(request.getHeader("Content-Type"));
        JsonNode patch = parsed(bodyOf(request));
        Map.Entry<AttributeSet, String> there = findResource(getKey(path));
        if (there == null) {
            return type.startsWith("application/apply-patch")
                    ? created(path.substring(0, path.lastIndexOf('/')), (ObjectNode) patch, isTrial(request))
                    : notFound(path);
        }
        ObjectNode present = (ObjectNode) parsed(there.getValue());
        try {
            return updated(path, patched(present, patch, type), isTrial(request));
        } catch (JsonPatchException e) {
            return refusal(UNPROCESSABLE, "Invalid", "the patch does not apply: " + e.getMessage());
        } catch (UnsupportedOperationException e) {
            return refusal(HttpURLConnection.HTTP_UNSUPPORTED_TYPE, "UnsupportedMediaType", e.getMessage());
        }
    }

    private static ObjectNode patched(ObjectNode present, JsonNode patch, String type) {
        if (type.startsWith("application/json-patch+json")) {
            return (ObjectNode) JsonPatch.apply(patch, present);
        }
        if (type.startsWith("application/merge-patch+json") || type.startsWith("application/apply-patch")) {
            MergePatch.apply(present, (ObjectNode) patch);
            return present;
        }
        throw new UnsupportedOperationException("the mock knows no " + type);
    }

    /** Whether it is to be answered, but nothing written. */
    private static boolean isTrial(RecordedRequest request) {
        return TRIAL.matcher(request.getPath()).find();
    }

    private MockResponse created(String path, ObjectNode object, boolean trial) {
        defaults.fillIn(object);
        if (trial) {
            String name = object.path("metadata").path("name").asText();
            return findResource(getKey(path + "/" + name)) == null
                    ? answer(HttpURLConnection.HTTP_CREATED, object.toString())
                    : refusal(HttpURLConnection.HTTP_CONFLICT, "AlreadyExists", name + " is there already");
        }
        MockResponse response = super.handleCreate(request(HttpMethod.POST, path, object));
        if (response.code() == HttpURLConnection.HTTP_CREATED) {
            defaults.learn(object);
        }
        return response;
    }

    private MockResponse updated(String path, ObjectNode object, boolean trial) {
        Map.Entry<AttributeSet, String> there = findResource(getKey(path));
        if (there != null && !isMet(version(object), version(parsed(there.getValue())))) {
            return refusal(HttpURLConnection.HTTP_CONFLICT, "Conflict", "the object has been modified");
        }
        if (!path.endsWith(STATUS)) {
            defaults.fillIn(object);
        }
        if (trial) {
            return there == null ? notFound(path) : answer(HttpURLConnection.HTTP_OK, object.toString());
        }
        MockResponse response = super.handleUpdate(request(HttpMethod.PUT, path, object));
        if (response.code() == HttpURLConnection.HTTP_NOT_FOUND) {
            return notFound(path);
        }
        boolean empty = response.getBody() == null || response.getBody().size() == 0;
        return empty ? answer(response.code(), object.toString()) : response;
    }

    @Override
    public MockResponse handleGet(String path) {
        MockResponse response = super.handleGet(path);
        return response.code() == HttpURLConnection.HTTP_NOT_FOUND ? notFound(path) : response;
    }

    @Override
    public MockResponse handleDelete(String path) {
        MockResponse response = super.handleDelete(withoutQuery(path));
        return response.code() == HttpURLConnection.HTTP_NOT_FOUND ? notFound(path) : response;
    }

    /**
     * @param request that deletes
     * @return what it is answered without anything being deleted, or null: it names a uid or a version that the object does not
     *     have, or is a trial
     */
    private MockResponse notToBeDeleted(RecordedRequest request) {
        String body = request.getBody() == null ? "" : bodyOf(request);
        Map.Entry<AttributeSet, String> there = findResource(getKey(pathOf(request)));
        if (there == null) {
            return null;
        }
        JsonNode options = body.isBlank() ? JSON.createObjectNode() : parsed(body);
        JsonNode preconditions = options.path("preconditions");
        JsonNode object = parsed(there.getValue());
        boolean met = isMet(preconditions.path("uid"), object.path("metadata").path("uid"))
                && isMet(preconditions.path("resourceVersion"), version(object));
        if (!met) {
            return refusal(HttpURLConnection.HTTP_CONFLICT, "Conflict", "the precondition is not met");
        }
        boolean trial = isTrial(request) || options.path("dryRun").has(0);
        return trial ? answer(HttpURLConnection.HTTP_OK, object.toString()) : null;
    }

    private static JsonNode version(JsonNode object) {
        return object.path("metadata").path("resourceVersion");
    }

    private static boolean isMet(JsonNode wanted, JsonNode there) {
        return wanted.isMissingNode() || wanted.isNull() || wanted.asText().equals(there.asText());
    }

    /** JSON, or YAML, which manifests may be applied as. */
    private static JsonNode parsed(String text) {
        try {
            return (text.startsWith("{") || text.startsWith("[") ? JSON : YAML).readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON", e);
        }
    }

    private static RecordedRequest request(HttpMethod method, String path, ObjectNode body) {
        return new RecordedRequest(
                "HTTP/1.1", method, path, Headers.builder().build(), new Buffer().writeUtf8(body.toString()));
    }

    private static String bodyOf(RecordedRequest request) {
        return new String(request.getBody().getBytes(), StandardCharsets.UTF_8);
    }

    private static String pathOf(RecordedRequest request) {
        return withoutQuery(request.getPath());
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static MockResponse notFound(String path) {
        return refusal(HttpURLConnection.HTTP_NOT_FOUND, "NotFound", withoutQuery(path) + " is not there");
    }

    private static MockResponse refusal(int code, String reason, String message) {
        ObjectNode status = JSON.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("reason", reason)
                .put("message", message)
                .put("code", code);
        return answer(code, status.toString());
    }

    private static MockResponse answer(int code, String body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(body);
    }
}
