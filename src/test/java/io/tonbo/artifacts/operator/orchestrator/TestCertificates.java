package io.tonbo.artifacts.operator.orchestrator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of our own and servers' certificates signed by it, made by the JDK's keytool when a test needs them. */
final class TestCertificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path directory;
    private final Path store;

    private TestCertificates(Path directory) {
        this.directory = directory;
        this.store = directory.resolve("keys.p12");
    }

    /** Makes the authority "authority". */
    static TestCertificates in(Path directory) throws IOException, InterruptedException {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.make("authority", "-dname", "CN=Test Authority", "-ext", "bc:c", "-validity", "30");
        return certificates;
    }

    /** Makes a server's certificate; the arguments are keytool's, as "-ext san=ip:127.0.0.1". */
    TestCertificates server(String alias, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-signer", "authority", "-dname", "CN=" + alias));
        all.addAll(List.of(arguments));
        make(alias, all.toArray(String[]::new));
        return this;
    }

    private void make(String alias, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("keytool-" + alias + ".txt");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new IOException("keytool failed: " + Files.readString(output));
        }
    }

    /** A context for a server that shows this certificate. */
    SSLContext context(String alias) throws GeneralSecurityException, IOException {
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, PASSWORD);
        one.setKeyEntry(alias, all().getKey(alias, PASSWORD), PASSWORD, all().getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** The certificate as a PEM block. */
    String pem(String alias) throws GeneralSecurityException, IOException {
        Certificate certificate = all().getCertificate(alias);
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** The authority's certificate as a file. */
    Path authorityFile() throws GeneralSecurityException, IOException {
        return Files.writeString(directory.resolve("ca.pem"), pem("authority"), StandardCharsets.US_ASCII);
    }

    private KeyStore all() throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(store.toFile(), PASSWORD);
    }
}
