package io.tonbo.artifacts.release.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A package of a Debian-like system.
 *
 * @param name such as {@code libc6}
 * @param version as the system numbers it
 */
record SystemPackage(String name, String version) {
    private static final Path DPKG_QUERY = Path.of("/usr/bin/dpkg-query");

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
                String version = Command.run(List.of(DPKG_QUERY.toString(), "--show", "--showformat=${Version}", unit))
                        .output();
                return Optional.of(new SystemPackage(unit.split(":", 2)[0], version));
            }
        }
        return Optional.empty();
    }

    /**
     * @return what it says about its licence: a file, here and in the image
     */
    Path copyright() {
        return Path.of("/usr/share/doc", name, "copyright");
    }
}
