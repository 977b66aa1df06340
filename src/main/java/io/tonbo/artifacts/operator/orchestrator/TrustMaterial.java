package io.tonbo.artifacts.operator.orchestrator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate authorities that are trusted: the platform's, and those of one extra file. There is no way to trust
 * everything.
 */
public final class TrustMaterial {
    /** Largest bundle that is read, in bytes. */
    static final long MAX_FILE_BYTES = 4L << 20;

    private static final Pattern PEM = Pattern.compile("-----BEGIN CERTIFICATE-----\\s[^-]*-----END CERTIFICATE-----");

    private final X509TrustManager trustManager;
    private final SSLContext context;

    private TrustMaterial(List<X509Certificate> extra) {
        try {
            this.trustManager = trustManager(extra);
            this.context = SSLContext.getInstance("TLS");
            this.context.init(null, new TrustManager[] {trustManager}, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the Java platform's trust store cannot be used", e);
        }
    }

    /**
     * @return the platform's authorities only
     */
    public static TrustMaterial system() {
        return new TrustMaterial(List.of());
    }

    /**
     * Adds the certificates of a PEM file to the platform's authorities.
     *
     * @param caFile the value of {@code ARTIFACTS_CA_FILE}
     * @return the trust material
     * @throws IllegalArgumentException naming the variable, the path and what is wrong with the file, never its content
     */
    public static TrustMaterial withExtraAuthorities(Path caFile) {
        return new TrustMaterial(certificates(caFile));
    }

    private static List<X509Certificate> certificates(Path file) {
        Matcher blocks = PEM.matcher(read(file));
        List<X509Certificate> found = new ArrayList<>();
        while (blocks.find()) {
            try {
                Certificate certificate = CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(blocks.group().getBytes(StandardCharsets.US_ASCII)));
                found.add((X509Certificate) certificate);
            } catch (CertificateException e) {
                throw refused(file, "certificate " + (found.size() + 1) + " in it cannot be read");
            }
        }
        if (found.isEmpty()) {
            throw refused(file, "it holds no PEM certificate (-----BEGIN CERTIFICATE-----)");
        }
        return found;
    }

    private static String read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw refused(file, "it is a directory");
            }
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw refused(file, "it is larger than 4 MiB");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw refused(file, "there is no such file");
        } catch (IOException e) {
            throw refused(file, "it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static IllegalArgumentException refused(Path file, String what) {
        return new IllegalArgumentException("ARTIFACTS_CA_FILE: " + file + ": " + what);
    }

    private static X509TrustManager trustManager(List<X509Certificate> extra)
            throws GeneralSecurityException, IOException {
        X509TrustManager platform = first(null);
        if (extra.isEmpty()) {
            return platform;
        }
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int number = 0;
        for (X509Certificate certificate : platform.getAcceptedIssuers()) {
            all.setCertificateEntry("platform-" + number++, certificate);
        }
        for (X509Certificate certificate : extra) {
            all.setCertificateEntry("extra-" + number++, certificate);
        }
        return first(all);
    }

    private static X509TrustManager first(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }

    /**
     * @return a context for clients; the caller still has to ask for host name verification
     */
    public SSLContext sslContext() {
        return context;
    }

    /**
     * @return the trust manager, for clients that want one
     */
    public X509TrustManager trustManager() {
        return trustManager;
    }
}
