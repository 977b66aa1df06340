package io.tonbo.artifacts.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code block of the documentation says what a test does with it; CONTRIBUTING.md lists the marks. */
class CodeBlocksTest {
    /** Where a block's commands are run: a test, or a script. */
    private static final Pattern PLACE = Pattern.compile("\\b[A-Z]\\w+(?:Test|IT)\\b|(?<!\\S)\\.ci/\\w+");

    /** What a reader would type, wherever it stands in a line. */
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|[\\s;|&(])(?:kubectl|flux|argocd|curl|\\./mvnw) ");

    private static final Pattern MANIFEST = Pattern.compile("(?m)^kind: ");

    @Test
    void everyBlockIsMarkedAndWhatIsOnlyShownHasAReason() throws IOException {
        List<String> wrong = new ArrayList<>();
        int blocks = 0;
        for (MarkdownPage page : Pages.all()) {
            page.indentedBlocks()
                    .forEach(line -> wrong.add(page.file() + ":" + line + ": indented; fence it and mark it"));
            for (CodeBlock block : page.blocks()) {
                blocks++;
                wrong(block).ifPresent(what -> wrong.add(block + ": " + what));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(blocks).isGreaterThan(30);
    }

    @Test
    void aBlockThatIsNotMarkedIsFound() {
        assertThat(problemOf("```sh\nls\n```\n")).contains("no mark");
        assertThat(problemOf("```\nls\n```\n")).contains("no mark");
        assertThat(problemOf("```sh later\nls\n```\n")).contains("no mark");
        assertThat(problemOf("```sh run later\nls\n```\n")).contains("no mark");
        assertThat(problemOf("```sh run\nls\n```\n")).isEmpty();
        assertThat(problemOf("```text shown\nls\n```\n")).isEmpty();
    }

    @Test
    void whatIsNotRunHasAReason() {
        assertThat(problemOf("```sh shown\nkubectl get pods\n```\n")).contains("says why");
        assertThat(problemOf("<!-- shown: no nodes here -->\n```sh shown\nkubectl get pods\n```\n"))
                .isEmpty();
        assertThat(problemOf("```text shown\nkubectl get pods\n```\n")).contains("says why");
        assertThat(problemOf("```yaml shown\nkind: Workspace\n```\n")).contains("says why");
        assertThat(problemOf("```yaml shown\nspec:\n  suspend: true\n```\n")).isEmpty();
        assertThat(problemOf("```text shown\n  now: kubectl get pods\n```\n")).contains("says why");
        assertThat(problemOf("```text shown\n$ ./mvnw verify\n```\n")).contains("says why");
    }

    @Test
    void whatIsSaidToBeRunElsewhereIs() {
        assertThat(problemOf("```sh covered\n./mvnw verify\n```\n")).contains("names a test");
        assertThat(problemOf("<!-- covered by NoSuchIT -->\n```sh covered\n./mvnw verify\n```\n"))
                .contains("there is no NoSuchIT");
        assertThat(problemOf("<!-- covered by .ci/nothing -->\n```sh covered\n./mvnw verify\n```\n"))
                .contains("there is no .ci/nothing");
        assertThat(problemOf("<!-- covered by .ci/run -->\n```sh covered\n./mvnw verify   # all\n```\n"))
                .isEmpty();
        assertThat(problemOf("<!-- covered by .ci/run -->\n```sh covered\n./mvnw verify\n./mvnw site\n```\n"))
                .contains("has `./mvnw site`");
        // It reads another page.
        assertThat(problemOf("<!-- covered by ClusterLostIT -->\n```sh covered\n./mvnw verify\n```\n"))
                .contains("no ClusterLostIT reads this page");
    }

    @Test
    void aPagesCommentCanBeABlock() {
        MarkdownPage page = MarkdownPage.of(Path.of("page.md"), "# Page\n\n<!-- sh run\nls --all\n-->\n\nText.\n");

        assertThat(page.blocks())
                .singleElement()
                .satisfies(block -> assertThat(block.isDone()).isTrue())
                .extracting(CodeBlock::content)
                .isEqualTo("ls --all\n");
    }

    private static String problemOf(String text) {
        try {
            return wrong(MarkdownPage.of(Path.of("page.md"), text).blocks().get(0))
                    .orElse("");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Optional<String> wrong(CodeBlock block) throws IOException {
        if (block.mark().isEmpty()) {
            return Optional.of("no mark; its info string must be a language and one of "
                    + Stream.of(Mark.values()).map(Mark::word).collect(Collectors.joining(", ")));
        }
        return switch (block.mark().get()) {
            case RUN -> language(block, "sh");
            case APPLY, DRY_RUN -> language(block, "yaml");
            case COVERED -> covered(block);
            case SHOWN -> shown(block);
        };
    }

    private static Optional<String> language(CodeBlock block, String language) {
        return block.language().equals(language) ? Optional.empty() : Optional.of("its language must be " + language);
    }

    private static Optional<String> shown(CodeBlock block) {
        boolean typed = block.language().equals("sh")
                || COMMAND.matcher(block.content()).find();
        boolean applied = block.language().equals("yaml")
                && MANIFEST.matcher(block.content()).find();
        boolean reasoned = block.comment().startsWith("shown: ");
        return (typed || applied) && !reasoned
                ? Optional.of("a comment right above it, <!-- shown: reason -->, says why it is not run")
                : Optional.empty();
    }

    private static Optional<String> covered(CodeBlock block) throws IOException {
        List<String> places =
                PLACE.matcher(block.comment()).results().map(MatchResult::group).toList();
        if (places.isEmpty() || !block.comment().startsWith("covered by ")) {
            return Optional.of("a comment right above it, <!-- covered by SomeIT -->, names a test or a script");
        }
        List<String> sources = new ArrayList<>();
        for (String place : places) {
            Optional<String> source = source(place);
            if (source.isEmpty()) {
                return Optional.of("there is no " + place);
            }
            sources.add(source.get());
        }
        if (sources.stream().anyMatch(source -> source.contains("PageSection.of(\"" + block.page() + "\""))) {
            return Optional.empty();
        }
        return block.content()
                .lines()
                .map(line -> line.replaceFirst("\\s+#.*", "").strip())
                .filter(command -> sources.stream().noneMatch(source -> source.contains(command)))
                .findFirst()
                .map(command -> "no " + String.join(" and no ", places) + " reads this page or has `" + command + "`");
    }

    private static Optional<String> source(String place) throws IOException {
        if (place.startsWith(".ci/")) {
            Path script = Pages.ROOT.resolve(place);
            return Files.exists(script) ? Optional.of(Files.readString(script)) : Optional.empty();
        }
        try (Stream<Path> files = Files.walk(Pages.ROOT.resolve("src/test/java"))) {
            Optional<Path> test =
                    files.filter(file -> file.endsWith(place + ".java")).findFirst();
            return test.isPresent() ? Optional.of(Files.readString(test.get())) : Optional.empty();
        }
    }
}
