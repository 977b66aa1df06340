package io.tonbo.artifacts.release.image;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A package of a Debian-like system.
 *
 * @param name such as {@code libc6}
 * @param version as the system numbers it
 * @param architecture such as {@code amd64}
 * @param source the source package that it is built from, by which its faults are known
 */
record SystemPackage(String name, String version, String architecture, String source) {
    private static final Path DPKG_QUERY = Path.of("/usr/bin/dpkg-query");
    private static final String FIELDS = "${Version} ${Architecture} ${source:Package}";
    private static final Path DISTRIBUTION = Path.of("/etc/os-release");

    /**
     * @param library a file
     * @return the installed package that has it; empty where there is no dpkg, or it does not know the file
     * @throws IOException if dpkg cannot be asked
     */
    static Optional<SystemPackage> owning(Path library) throws IOException {
        if (!Files.isExecutable(DPKG_QUERY)) {
            return Optional.empty();
        }
        // /lib may be a link to /usr/lib, and the package knows only one of the names.
        for (Path name : List.of(library, Path.of("/usr" + library), library.toRealPath())) {
            Command.Result owner = Command.run(List.of(DPKG_QUERY.toString(), "--search", name.toString()));
            if (owner.exitCode() == 0) {
                String unit = owner.output().split(": ", 2)[0];
                String[] fields = Command.run(List.of(DPKG_QUERY.toString(), "--show", "--showformat=" + FIELDS, unit))
                        .output()
                        .split(" ", 3);
                return Optional.of(new SystemPackage(unit.split(":", 2)[0], fields[0], fields[1], fields[2]));
            }
        }
        return Optional.empty();
    }

    /**
     * @return its package URL, by which scanners look for known faults
     * @throws IOException if the system does not say which distribution it is
     */
    String purl() throws IOException {
        Properties system = new Properties();
        try (var in = Files.newBufferedReader(DISTRIBUTION)) {
            system.load(in);
        }
        String distribution = unquoted(system, "ID");
        return "pkg:deb/" + distribution + "/" + encoded(name) + "@" + encoded(version) + "?arch=" + architecture
                + "&distro=" + distribution + "-" + unquoted(system, "VERSION_ID")
                + (source.equals(name) ? "" : "&upstream=" + encoded(source));
    }

    private static String unquoted(Properties system, String key) {
        return system.getProperty(key, "unknown").replace("\"", "");
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("%7E", "~");
    }

    /**
     * @return what it says about its licence: a file, here and in the image
     */
    Path copyright() {
        return Path.of("/usr/share/doc", name, "copyright");
    }
}
