package io.tonbo.artifacts.operator.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for credentials in everything that a whole run of the integration tests left behind: the reports with all output and
 * all exceptions, and the logs of the operator's processes. Run by the build after the tests; a find fails it.
 */
public final class ReportSearch {
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile(Pattern.quote(World.KEY_SECRET)),
            // A JWT, header to signature.
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}"),
            // A service token or an API key.
            Pattern.compile("\\b(art|tbo)_[A-Za-z0-9]{16,}"),
            // A metadata URL with its password.
            Pattern.compile("rediss?://[^\\s\"'/:@]+:[^\\s\"'/@*]{8,}@"));

    private ReportSearch() {}

    /**
     * @param args the directories to search; the first must hold something
     * @throws IOException if one cannot be read
     */
    public static void main(String... args) throws IOException {
        List<String> finds = new ArrayList<>();
        int files = 0;
        for (String directory : args) {
            List<Path> below = filesBelow(Path.of(directory));
            if (below.isEmpty() && directory.equals(args[0])) {
                throw new IllegalStateException("nothing to search in " + directory + ": did the tests run?");
            }
            files += below.size();
            for (Path file : below) {
                finds.addAll(search(file));
            }
        }
        if (!finds.isEmpty()) {
            throw new IllegalStateException("credentials were put out:\n" + String.join("\n", finds));
        }
        System.out.println("No credentials in " + files + " files of output.");
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /**
     * @param file a file
     * @return where in it something looks like a credential, without repeating it
     */
    static List<String> search(Path file) throws IOException {
        List<String> finds = new ArrayList<>();
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (Pattern secret : SECRETS) {
            Matcher match = secret.matcher(text);
            while (match.find()) {
                long line = 1
                        + text.substring(0, match.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                finds.add(file + ":" + line + ": matches " + secret);
            }
        }
        return finds;
    }
}
