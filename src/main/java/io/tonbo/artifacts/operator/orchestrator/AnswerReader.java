package io.tonbo.artifacts.operator.orchestrator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Turns answers into JSON objects, and refusals and unusable answers into exceptions. */
final class AnswerReader {
    private static final int MAX_DEPTH = 64;
    /** What these statuses mean is plain without a body; a proxy may send them without one. */
    private static final Set<Integer> SPEAKING_STATUSES = Set.of(401, 403, 429);

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(Exchange.MAX_BODY)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    byte[] bytes(JsonNode body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree of texts and numbers can be written", e);
        }
    }

    /** The object in a 2xx answer. */
    JsonNode success(RawAnswer answer, BearerToken token) throws OrchestratorException {
        if (answer.status() >= 200 && answer.status() < 300) {
            return object(answer);
        }
        throw refusal(answer, token);
    }

    /** For what is to be gone: any 2xx, and 404 from the orchestrator itself, with an object or with nothing in it. */
    void gone(RawAnswer answer, BearerToken token) throws OrchestratorException {
        if (answer.status() == 404 && answer.body().length > 0) {
            object(answer);
        } else if (answer.status() != 404 && (answer.status() < 200 || answer.status() >= 300)) {
            throw refusal(answer, token);
        }
    }

    OpenedSession session(RawAnswer answer, BearerToken token) throws OrchestratorException {
        JsonNode body = success(answer, token);
        return RemoteJson.session(body)
                .orElseThrow(() -> new OrchestratorException(FailureFacts.answered(
                                OrchestratorException.ANSWER_NOT_JSON,
                                answer,
                                "the answer lacks session.id, session.expires_at, metadata_url or volume_name, or key_prefix is no usable text")
                        .withSession(RemoteJson.sessionId(body))));
    }

    OrchestratorException incomplete(RawAnswer answer, String missing) {
        return new OrchestratorException(
                FailureFacts.answered(OrchestratorException.ANSWER_NOT_JSON, answer, "the answer lacks " + missing));
    }

    private OrchestratorException refusal(RawAnswer answer, BearerToken token) {
        if (answer.status() >= 300 && answer.status() < 400) {
            return new OrchestratorException(FailureFacts.answered(
                    OrchestratorException.REDIRECT_REFUSED,
                    answer,
                    "the orchestrator answered %d%s; redirects are not followed, ARTIFACTS_ORCHESTRATOR_URL must be the final address"
                            .formatted(answer.status(), target(answer.location()))));
        }
        JsonNode body;
        try {
            body = object(answer);
        } catch (OrchestratorException unreadable) {
            return SPEAKING_STATUSES.contains(answer.status())
                    ? new OrchestratorException(FailureFacts.answered(null, answer, unreadable.getMessage()))
                    : unreadable;
        }
        String code = shown(body, "code", token, ServerText.MAX_CODE);
        String message = shown(body, "message", token, ServerText.MAX_MESSAGE);
        return new OrchestratorException(FailureFacts.answered(
                code,
                answer,
                message == null
                        ? "the orchestrator answered %d without a message".formatted(answer.status())
                        : message));
    }

    private static String shown(JsonNode body, String field, BearerToken token, int maxCharacters) {
        String text = RemoteJson.text(body, field, Exchange.MAX_BODY);
        return text == null || text.isBlank() ? null : ServerText.clean(token.hideIn(text), maxCharacters);
    }

    /** Host only: the rest of a redirection may hold anything. */
    private static String target(String location) {
        try {
            URI uri = new URI(location == null ? "" : location);
            return uri.getHost() == null ? "" : " to " + ServerText.clean(uri.getScheme() + "://" + uri.getHost(), 256);
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** The object in an answer, whatever its status. */
    JsonNode object(RawAnswer answer) throws OrchestratorException {
        if (answer.body().length == 0) {
            throw notJson(answer, "an empty body");
        }
        String type = answer.contentType() == null ? "" : answer.contentType().toLowerCase(Locale.ROOT);
        if (type.startsWith("text/html")) {
            throw notJson(answer, "an HTML page");
        }
        try {
            JsonNode node = json.readTree(answer.body());
            if (!node.isObject()) {
                throw notJson(answer, "a JSON " + node.getNodeType().name().toLowerCase(Locale.ROOT));
            }
            return node;
        } catch (JsonEOFException e) {
            throw new OrchestratorException(FailureFacts.answered(
                            OrchestratorException.ANSWER_TRUNCATED, answer, "the JSON in the answer ends in the middle")
                    .incomplete());
        } catch (IOException e) {
            // The parser's message quotes the body: it ends here.
            String kind = type.isEmpty() ? "a body that is no JSON" : "a body that is no JSON (" + type + ")";
            throw notJson(answer, ServerText.clean(kind, 256));
        }
    }

    private static OrchestratorException notJson(RawAnswer answer, String found) {
        return new OrchestratorException(FailureFacts.answered(
                OrchestratorException.ANSWER_NOT_JSON,
                answer,
                "the answer has status %d and %s where a JSON object belongs: a proxy or another server than the orchestrator may have sent it"
                        .formatted(answer.status(), found)));
    }
}
