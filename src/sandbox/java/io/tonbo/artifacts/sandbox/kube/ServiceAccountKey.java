package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * The key pair that an API server signs ServiceAccount tokens with, as PEM files.
 *
 * @param privateKey file with the private key
 * @param publicKey file with the public key
 */
record ServiceAccountKey(Path privateKey, Path publicKey) {
    /**
     * @param directory where the two files go
     * @return a fresh key pair
     * @throws IOException if the files cannot be written
     */
    static ServiceAccountKey generate(Path directory) throws IOException {
        KeyPair pair = newPair();
        Path privateKey = directory.resolve("service-account.key");
        Path publicKey = directory.resolve("service-account.pub");
        Files.writeString(privateKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.writeString(publicKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        return new ServiceAccountKey(privateKey, publicKey);
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java makes no P-256 keys", e);
        }
    }

    private static String pem(String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
