package io.tonbo.artifacts.operator.telemetry;

/** What a step of a trace can say. */
public final class TraceKey {
    /** Kind of the object. */
    public static final String KIND = "artifacts.kind";
    /** Namespace of the object. */
    public static final String NAMESPACE = "artifacts.namespace";
    /** Name of the object. */
    public static final String NAME = "artifacts.name";
    /** What a reconcile or a request came to. */
    public static final String OUTCOME = "artifacts.outcome";
    /** Reason of a failure, as in the catalogue. */
    public static final String REASON = "artifacts.reason";
    /** What is asked of another server. */
    public static final String OPERATION = "artifacts.operation";
    /** Code of a refusal. */
    public static final String CODE = "artifacts.code";
    /** Id of a request, as the orchestrator knows it. */
    public static final String REQUEST_ID = "artifacts.request_id";
    /** Status of an answer. */
    public static final String HTTP_STATUS = "http.response.status_code";

    private TraceKey() {}
}
