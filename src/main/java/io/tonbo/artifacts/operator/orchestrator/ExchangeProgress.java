package io.tonbo.artifacts.operator.orchestrator;

import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * How far an exchange got, and what a failure at that point is called. The words are ours: the libraries' messages quote
 * what they were given.
 */
final class ExchangeProgress {
    private final OrchestratorAddress address;
    private final ClientTimeouts timeouts;
    private final String requestId;
    private volatile boolean expired;
    private int status;

    ExchangeProgress(OrchestratorAddress address, ClientTimeouts timeouts, String requestId) {
        this.address = address;
        this.timeouts = timeouts;
        this.requestId = requestId;
    }

    void expire() {
        expired = true;
    }

    void answered(int httpStatus) {
        status = httpStatus;
    }

    String requestId() {
        return requestId;
    }

    FailureFacts failure(Exception e) {
        if (e instanceof AnswerTooLargeException || caused(e, MessageConstraintException.class) != null) {
            return new FailureFacts(
                    OrchestratorException.ANSWER_TOO_LARGE,
                    status,
                    "%s sent an answer of more than 1 MiB, or headers out of bounds; it was not read"
                            .formatted(address.server()),
                    requestId,
                    null,
                    false,
                    null);
        }
        if (expired || (e instanceof SocketTimeoutException && !(e instanceof ConnectTimeoutException))) {
            return facts(OrchestratorException.TIMEOUT, "no complete answer from %s within %s s", seconds());
        }
        if (status != 0) {
            return facts(OrchestratorException.ANSWER_TRUNCATED, "the answer from %s ended before it was complete");
        }
        SSLException tls = caused(e, SSLException.class);
        if (tls != null && TlsFailure.isOne(tls)) {
            return facts(
                    OrchestratorException.TLS_FAILURE,
                    "TLS with %s failed: %s",
                    ServerText.clean(TlsFailure.reason(tls), 300));
        }
        return facts(OrchestratorException.UNREACHABLE, noConnection(e));
    }

    private String noConnection(Exception e) {
        if (caused(e, UnknownHostException.class) != null) {
            return "the host of %s has no address (DNS)";
        }
        if (e instanceof ConnectTimeoutException) {
            return "no connection to %s in time";
        }
        if (e instanceof ProxyRefusedException) {
            return "the HTTP proxy refuses a tunnel to %s";
        }
        if (e instanceof HttpHostConnectException) {
            return "%s refuses the connection";
        }
        if (e instanceof NoRouteToHostException) {
            return "there is no route to %s";
        }
        if (e instanceof NoHttpResponseException) {
            return "%s closed the connection without an answer";
        }
        if (caused(e, HttpException.class) != null) {
            return "%s answered with something that is not HTTP/1.1";
        }
        if (e instanceof RejectedExecutionException) {
            return "the client of %s has been closed";
        }
        return "the connection to %s broke (" + e.getClass().getSimpleName() + ")";
    }

    private String seconds() {
        return Double.toString(timeouts.call().toMillis() / 1000.0).replaceAll("\\.0$", "");
    }

    private FailureFacts facts(String code, String message, Object... more) {
        Object[] arguments = new Object[more.length + 1];
        arguments[0] = address.server();
        System.arraycopy(more, 0, arguments, 1, more.length);
        return new FailureFacts(code, status, message.formatted(arguments), requestId, null, true, null);
    }

    private static <T extends Throwable> T caused(Throwable thrown, Class<T> type) {
        Throwable current = thrown;
        for (int depth = 0; current != null && depth < 10; depth++) {
            if (type.isInstance(current)) {
                return type.cast(current);
            }
            current = current.getCause();
        }
        return null;
    }
}
