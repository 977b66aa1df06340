package io.tonbo.artifacts.operator.orchestrator;

import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Tells a server that cannot prove who it is from a connection that merely broke during the handshake, and says why. */
final class TlsFailure {
    private TlsFailure() {}

    static boolean isOne(SSLException e) {
        Throwable deepest = deepest(e);
        return !(deepest instanceof EOFException) && !(deepest instanceof SocketException);
    }

    static String reason(SSLException e) {
        Throwable deepest = deepest(e);
        if (deepest instanceof CertPathBuilderException) {
            return "its certificate is not signed by an authority that is trusted here (ARTIFACTS_CA_FILE adds one)";
        }
        if (deepest instanceof CertificateExpiredException) {
            return "its certificate has expired, " + deepest.getMessage();
        }
        if (deepest instanceof CertificateNotYetValidException) {
            return "its certificate is not valid yet, " + deepest.getMessage();
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }

    private static Throwable deepest(Throwable e) {
        Throwable current = e;
        for (int depth = 0; current.getCause() != null && depth < 10; depth++) {
            current = current.getCause();
        }
        return current;
    }
}
