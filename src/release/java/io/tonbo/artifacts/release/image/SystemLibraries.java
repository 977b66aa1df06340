package io.tonbo.artifacts.release.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of this machine a Java runtime needs to start on an empty file system: found by asking the dynamic linker. */
final class SystemLibraries {
    /** {@code libz.so.1 => /lib/libz.so.1 (0x7f…)}, {@code /lib64/ld-linux.so.2 (0x7f…)}, {@code libjvm.so => not found}. */
    private static final Pattern LINE = Pattern.compile("^\\s+(?:(\\S+) => )?(not found|/\\S+)(?: \\(0x\\w+\\))?$");

    /** What resolves names is looked up by name when it is needed, where it is not a part of the C library itself. */
    private static final List<String> NAME_SERVICES = List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

    private SystemLibraries() {}

    /**
     * @param runtime a linked Java
     * @return the files it is linked with that are not its own, in the order of their names
     * @throws IOException if a file cannot be read, or ldd does not run: this is not Linux, then
     * @throws IllegalStateException if a library is not on this machine
     */
    static List<SystemLibrary> of(Path runtime) throws IOException {
        List<SystemLibrary> libraries = new ArrayList<>();
        for (Path file : files(runtime)) {
            libraries.add(new SystemLibrary(file, SystemPackage.owning(file).orElse(null)));
        }
        return libraries;
    }

    private static Set<Path> files(Path runtime) throws IOException {
        List<Path> binaries = binaries(runtime);
        Set<String> own =
                binaries.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        List<String> command = new ArrayList<>(List.of("ldd"));
        binaries.forEach(file -> command.add(file.toString()));
        Set<Path> found = new TreeSet<>();
        String answer =
                Command.run(command, runtime, Map.of("LD_LIBRARY_PATH", "")).output();
        for (String line : answer.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && !own.contains(String.valueOf(matcher.group(1)))) {
                found.add(there(matcher));
            }
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("ldd does not know what " + runtime + " is linked with: " + answer);
        }
        found.addAll(nameServices(found));
        return found;
    }

    private static Path there(Matcher line) {
        if (!line.group(2).startsWith("/")) {
            throw new IllegalStateException(line.group(1) + " is not on this machine, and Java needs it");
        }
        return Path.of(line.group(2));
    }

    private static Set<Path> nameServices(Set<Path> libraries) {
        return libraries.stream()
                .filter(file -> file.getFileName().toString().startsWith("libc.so"))
                .flatMap(libc -> NAME_SERVICES.stream().map(libc::resolveSibling))
                .filter(Files::exists)
                .collect(Collectors.toSet());
    }

    private static List<Path> binaries(Path runtime) throws IOException {
        try (Stream<Path> files = Files.walk(runtime)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".so") || file.startsWith(runtime.resolve("bin")))
                    .filter(SystemLibraries::isBinary)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isBinary(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(4);
            return start.length == 4 && start[0] == 0x7f && start[1] == 'E' && start[2] == 'L' && start[3] == 'F';
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
