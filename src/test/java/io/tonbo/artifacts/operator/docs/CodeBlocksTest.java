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
    private static final Pattern TEST_NAME = Pattern.compile("\\b[A-Z]\\w+(?:Test|IT)\\b");
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
        assertThat(problemOf("<!-- covered by NoSuchIT -->\n```sh covered\n./mvnw verify\n```\n"))
                .contains("no test");
        assertThat(problemOf("<!-- covered by CodeBlocksTest -->\n```sh covered\n./mvnw verify\n```\n"))
                .isEmpty();
        assertThat(problemOf("```sh covered\n./mvnw verify\n```\n")).contains("names a test");
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
        boolean typed = block.language().equals("sh") || block.content().startsWith("kubectl");
        boolean applied = block.language().equals("yaml")
                && MANIFEST.matcher(block.content()).find();
        boolean reasoned = block.comment().startsWith("shown: ");
        return (typed || applied) && !reasoned
                ? Optional.of("a comment right above it, <!-- shown: reason -->, says why it is not run")
                : Optional.empty();
    }

    private static Optional<String> covered(CodeBlock block) throws IOException {
        List<String> tests = TEST_NAME
                .matcher(block.comment())
                .results()
                .map(MatchResult::group)
                .toList();
        if (tests.isEmpty() || !block.comment().startsWith("covered by ")) {
            return Optional.of("a comment right above it, <!-- covered by SomeIT -->, names a test");
        }
        for (String test : tests) {
            try (Stream<Path> sources = Files.walk(Pages.ROOT.resolve("src/test/java"))) {
                if (sources.noneMatch(file -> file.endsWith(test + ".java"))) {
                    return Optional.of("there is no test " + test);
                }
            }
        }
        return Optional.empty();
    }
}
