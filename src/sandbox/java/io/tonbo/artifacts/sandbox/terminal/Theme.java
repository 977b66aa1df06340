package io.tonbo.artifacts.sandbox.terminal;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;

/**
 * How things look on one terminal.
 *
 * @param colour whether colours may be used: the terminal has some, and NO_COLOR (https://no-color.org) is not set
 * @param spinner what moves while a step runs, one column wide each
 * @param done mark of a step that is done
 * @param failed mark of one that failed
 * @param ellipsis what stands for what was cut off
 */
record Theme(boolean colour, List<String> spinner, String done, String failed, String ellipsis) {
    private static final int COLOURS = 8;

    static Theme of(Terminal terminal, Map<String, String> environment) {
        Integer colours = terminal.getNumericCapability(Capability.max_colors);
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return of(wanted && colours != null && colours >= COLOURS, terminal.encoding());
    }

    static Theme of(boolean colour, Charset encoding) {
        boolean drawn = encoding.newEncoder().canEncode('\u2714')
                && encoding.newEncoder().canEncode('\u280b');
        return drawn
                ? new Theme(
                        colour,
                        List.of("\u280b", "\u2819", "\u2839", "\u2838", "\u283c", "\u2834", "\u2826", "\u2827"),
                        "\u2714",
                        "\u2718",
                        "\u2026")
                : new Theme(colour, List.of("|", "/", "-", "\\"), "+", "x", "...");
    }

    AttributedStyle good() {
        return colour ? AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN) : AttributedStyle.DEFAULT;
    }

    AttributedStyle bad() {
        return colour ? AttributedStyle.DEFAULT.foreground(AttributedStyle.RED) : AttributedStyle.DEFAULT;
    }

    AttributedStyle busy() {
        return colour ? AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN) : AttributedStyle.DEFAULT;
    }

    AttributedStyle aside() {
        return colour ? AttributedStyle.DEFAULT.faint() : AttributedStyle.DEFAULT;
    }
}
