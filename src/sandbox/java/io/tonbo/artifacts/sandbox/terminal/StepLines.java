package io.tonbo.artifacts.sandbox.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Sets steps as lines of a width: a mark, the name, what is done or came of it, and the time at the end. */
final class StepLines {
    private static final int NAME = 15;
    private static final int INDENT = 3 + NAME;
    private static final int LEAST_DETAIL = 20;

    private final Theme theme;

    StepLines(Theme theme) {
        this.theme = theme;
    }

    /** One line that is cut to the width: it is drawn again and again, and must not wrap. */
    AttributedString running(String name, String detail, Duration age, int frame, int width) {
        String time = "  " + Seconds.whole(age);
        AttributedStringBuilder line =
                head(theme.spinner().get(frame % theme.spinner().size()), theme.busy(), name);
        int room = width - 1 - line.columnLength() - time.length();
        line.append(cut(firstLine(detail), Math.max(0, room)));
        line.append(time, theme.aside());
        return line.toAttributedString().columnSubSequence(0, Math.max(0, width - 1));
    }

    /** As many lines as it takes, broken between words. */
    List<AttributedString> done(String name, String detail, Duration age, int width) {
        return ended(theme.done(), theme.good(), name, detail + " ", "(" + Seconds.tenths(age) + ")", width);
    }

    List<AttributedString> failed(String name, String detail, int width) {
        return ended(theme.failed(), theme.bad(), name, detail, "", width);
    }

    List<AttributedString> told(String name, String detail, int width) {
        return ended(" ", AttributedStyle.DEFAULT, name, detail, "", width);
    }

    private List<AttributedString> ended(
            String mark, AttributedStyle style, String name, String detail, String time, int width) {
        List<AttributedString> lines = new ArrayList<>();
        AttributedStringBuilder line = head(mark, style, name);
        int room = Math.max(LEAST_DETAIL, width - 1 - line.columnLength());
        for (String part : broken(detail + time, room)) {
            boolean last = !time.isEmpty() && part.endsWith(time);
            line.append(last ? part.substring(0, part.length() - time.length()) : part);
            line.append(last ? time : "", theme.aside());
            lines.add(line.toAttributedString());
            line = new AttributedStringBuilder().append(" ".repeat(INDENT));
        }
        return lines;
    }

    private AttributedStringBuilder head(String mark, AttributedStyle style, String name) {
        return new AttributedStringBuilder()
                .append(" ")
                .append(mark, style)
                .append(" ")
                .append(name, theme.colour() ? AttributedStyle.BOLD : AttributedStyle.DEFAULT)
                .append(" ".repeat(Math.max(1, NAME - name.length())));
    }

    private String cut(String text, int columns) {
        AttributedString whole = new AttributedString(text);
        if (whole.columnLength() <= columns) {
            return text;
        }
        int kept = Math.max(0, columns - theme.ellipsis().length());
        return whole.columnSubSequence(0, kept) + (columns > 0 ? theme.ellipsis() : "");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Words stay whole, so that a path can be copied, even where they are longer than the room. */
    private static List<String> broken(String text, int room) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.lines().toList()) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ", -1)) {
                boolean full = new AttributedString(line + " " + word).columnLength() > room;
                if (full && !line.isEmpty()) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
