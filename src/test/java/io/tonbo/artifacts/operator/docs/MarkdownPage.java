package io.tonbo.artifacts.operator.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** One Markdown file of the project, parsed: its code blocks, what it links to, and what can be linked to in it. */
final class MarkdownPage {
    private static final Parser PARSER =
            Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();
    private static final Pattern COMMENT = Pattern.compile("<!--\\s*(.*?)\\s*-->", Pattern.DOTALL);
    /** A comment that begins like an info string, with its text on the lines after it. */
    private static final Pattern HIDDEN =
            Pattern.compile("<!-- (sh run|yaml apply|yaml dry-run)\\n(.*?)-->", Pattern.DOTALL);

    private final Path file;
    private final List<CodeBlock> blocks = new ArrayList<>();
    private final List<Destination> destinations = new ArrayList<>();
    private final Set<String> anchors = new LinkedHashSet<>();
    private final List<Integer> indented = new ArrayList<>();

    /**
     * Where a link or an image points.
     *
     * @param line the line of the paragraph, list item or heading that it is in, from 1
     * @param target as written
     * @param image whether it is an image
     * @param text its text, or the image's alternative text
     */
    record Destination(int line, String target, boolean image, String text) {}

    private MarkdownPage(Path file, String text) {
        this.file = file;
        PARSER.parse(text).accept(new Reader());
    }

    /**
     * @param root the project's directory
     * @param file the page, relative to it
     * @return the page, parsed
     */
    static MarkdownPage read(Path root, Path file) {
        try {
            return of(file, Files.readString(root.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MarkdownPage of(Path file, String text) {
        return new MarkdownPage(file, text);
    }

    /**
     * @return its path, relative to the project's directory
     */
    Path file() {
        return file;
    }

    /**
     * @return its code blocks, those in comments included, in the page's order
     */
    List<CodeBlock> blocks() {
        return blocks;
    }

    /**
     * @return links and images, in the page's order
     */
    List<Destination> destinations() {
        return destinations;
    }

    /**
     * @return anchors of its headings, as GitHub makes them
     */
    Set<String> anchors() {
        return anchors;
    }

    /**
     * @return lines of code blocks that are indented rather than fenced, and so have no mark
     */
    List<Integer> indentedBlocks() {
        return indented;
    }

    /**
     * @param heading a heading's text, without markup
     * @return the anchor that GitHub gives it, if it is the first of its text
     */
    static String slug(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}_\\- ]", "")
                .replace(' ', '-');
    }

    private static int line(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            for (SourceSpan span : at.getSourceSpans()) {
                return span.getLineIndex() + 1;
            }
        }
        return 0;
    }

    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }
        });
        return text.toString();
    }

    private final class Reader extends AbstractVisitor {
        @Override
        public void visit(FencedCodeBlock block) {
            String info = block.getInfo() == null ? "" : block.getInfo();
            blocks.add(new CodeBlock(file, line(block), info, block.getLiteral(), commentAbove(block)));
        }

        @Override
        public void visit(IndentedCodeBlock block) {
            indented.add(line(block));
        }

        @Override
        public void visit(HtmlBlock html) {
            Matcher hidden = HIDDEN.matcher(html.getLiteral());
            if (hidden.find()) {
                blocks.add(new CodeBlock(file, line(html), hidden.group(1), hidden.group(2), ""));
            }
        }

        private String commentAbove(Node block) {
            if (!(block.getPrevious() instanceof HtmlBlock html)) {
                return "";
            }
            Matcher comment = COMMENT.matcher(html.getLiteral());
            return comment.find() && !HIDDEN.matcher(html.getLiteral()).find() ? comment.group(1) : "";
        }

        @Override
        public void visit(Heading heading) {
            String slug = slug(text(heading));
            String unique = slug;
            for (int n = 1; !anchors.add(unique); n++) {
                unique = slug + "-" + n;
            }
            visitChildren(heading);
        }

        @Override
        public void visit(Link link) {
            destinations.add(new Destination(line(link), link.getDestination(), false, text(link)));
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            destinations.add(new Destination(line(image), image.getDestination(), true, text(image)));
        }
    }
}
