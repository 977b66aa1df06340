package io.tonbo.artifacts.sandbox.kube;

import java.util.Locale;

/**
 * What the programs are made for, in Go's words.
 *
 * @param os {@code linux} or {@code darwin}
 * @param arch {@code amd64} or {@code arm64}
 */
record Platform(String os, String arch) {
    /**
     * @return the platform this JVM runs on
     * @throws BinariesUnavailableException if upstream serves no API server there
     */
    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String osArch) {
        String os =
                switch (osName.toLowerCase(Locale.ROOT)) {
                    case "linux" -> "linux";
                    case "mac os x" -> "darwin";
                    default -> throw unsupported(osName, osArch);
                };
        String arch =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> throw unsupported(osName, osArch);
                };
        return new Platform(os, arch);
    }

    private static BinariesUnavailableException unsupported(String os, String arch) {
        return new BinariesUnavailableException("There is no kube-apiserver for " + os + " on " + arch
                + ". Use Linux or macOS on amd64 or arm64; on Windows, WSL.");
    }

    @Override
    public String toString() {
        return os + "-" + arch;
    }
}
