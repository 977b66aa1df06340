package io.tonbo.artifacts.operator.testing;

import io.tonbo.artifacts.release.image.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Go.
 *
 * @param major such as 1
 * @param minor such as 25
 * @param patch 0 if it is not said
 */
record GoVersion(int major, int minor, int patch) {
    private static final Pattern NUMBER = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?");
    private static final Pattern WANTED = Pattern.compile("(?m)^go (\\S+)$");

    /**
     * @param text with a version in it, such as {@code go1.26.8}
     * @return the first one
     * @throws IllegalArgumentException if there is none
     */
    static GoVersion in(String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.find()) {
            throw new IllegalArgumentException("no version: " + text);
        }
        return new GoVersion(
                Integer.parseInt(number.group(1)),
                Integer.parseInt(number.group(2)),
                number.group(3) == null ? 0 : Integer.parseInt(number.group(3)));
    }

    /**
     * @param module directory of a go.mod
     * @return why this machine's Go cannot build it; empty if it can
     * @throws IOException if go.mod cannot be read
     */
    static Optional<String> lacking(Path module) throws IOException {
        Matcher wanted = WANTED.matcher(Files.readString(module.resolve("go.mod")));
        if (!wanted.find()) {
            throw new IllegalArgumentException(module + "/go.mod names no version of Go");
        }
        String needed = "Go " + wanted.group(1) + " or newer is needed, which builds the tools in src/tools";
        try {
            // In the module's directory, where Go may take a newer one than the installed, if it is let.
            Command.Result go = Command.run(List.of("go", "env", "GOVERSION"), module, Map.of());
            String said = go.output().strip();
            return go.exitCode() == 0 && in(said).isAtLeast(in(wanted.group(1)))
                    ? Optional.empty()
                    : Optional.of(needed + "; `go env GOVERSION` says " + said);
        } catch (IOException e) {
            return Optional.of(needed + "; there is no `go` on the PATH");
        }
    }

    boolean isAtLeast(GoVersion other) {
        if (major != other.major) {
            return major > other.major;
        }
        return minor == other.minor ? patch >= other.patch : minor > other.minor;
    }
}
