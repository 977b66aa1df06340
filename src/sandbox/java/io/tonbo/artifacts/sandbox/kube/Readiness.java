package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks an API server whether it is ready, over TLS, trusting the certificate that it makes while it starts. */
final class Readiness {
    private final URI readyz;
    private final Path certificate;
    private String lastSeen = "never asked";

    /**
     * @param server base URL of the API server
     * @param certificate PEM file that need not exist yet
     */
    Readiness(URI server, Path certificate) {
        this.readyz = server.resolve("/readyz");
        this.certificate = certificate;
    }

    /**
     * @return what the last question came to, for a message
     */
    String lastSeen() {
        return lastSeen;
    }

    boolean isReady() {
        try {
            HttpsURLConnection connection = (HttpsURLConnection) readyz.toURL().openConnection();
            connection.setSSLSocketFactory(trusting(certificate).getSocketFactory());
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(5_000);
            int status = connection.getResponseCode();
            connection.disconnect();
            lastSeen = "HTTP " + status;
            return status == 200;
        } catch (IOException | GeneralSecurityException e) {
            // Not listening yet, or the certificate is not written or only half written.
            lastSeen = e.toString();
            return false;
        }
    }

    private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("certificate-" + count++, certificate);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
