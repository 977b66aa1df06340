package io.tonbo.artifacts.operator.operations;

import io.tonbo.artifacts.sandbox.kube.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One section of a page, and the shell commands in it. */
final class PageSection {
    private static final Pattern SHELL = Pattern.compile("(?ms)^```sh \\w+\n(.*?)^```$");

    private final String text;

    private PageSection(String text) {
        this.text = text;
    }

    /**
     * @param page such as {@code docs/operations.md}
     * @param heading of a section of the second level
     * @throws AssertionError if there is none
     */
    static PageSection of(String page, String heading) {
        try {
            String all = Files.readString(ProjectRoot.find().resolve(page));
            Matcher section = Pattern.compile("(?ms)^## " + Pattern.quote(heading) + "$(.*?)(?=^## |\\z)")
                    .matcher(all);
            if (!section.find()) {
                throw new AssertionError(page + " has no section " + heading);
            }
            return new PageSection(section.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return its blocks of shell commands, in order, as they are written
     */
    List<String> commands() {
        List<String> blocks = new ArrayList<>();
        Matcher block = SHELL.matcher(text);
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }
}
