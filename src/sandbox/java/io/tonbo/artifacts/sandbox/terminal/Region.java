package io.tonbo.artifacts.sandbox.terminal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.utils.Curses;
import org.jline.utils.InfoCmp.Capability;

/**
 * The lines at the bottom of a terminal that are drawn again and again. Each change is one write, so that nothing flickers.
 * Not through the terminal's own writer, which is closed early when the machine shuts down.
 */
final class Region {
    private final Writer out;
    private final String hideCursor;
    private final String showCursor;
    private final String up;
    private final String clear;
    private int height;

    /**
     * @param terminal whose control sequences to use
     * @param out where they go
     */
    Region(Terminal terminal, OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, terminal.encoding()), 1 << 16);
        this.hideCursor = sequence(terminal, Capability.cursor_invisible);
        this.showCursor = sequence(terminal, Capability.cursor_normal);
        this.up = sequence(terminal, Capability.cursor_up);
        this.clear = sequence(terminal, Capability.clr_eos);
    }

    /**
     * @return whether a terminal can do what this needs
     */
    static boolean isPossible(Terminal terminal) {
        return terminal.getStringCapability(Capability.cursor_up) != null
                && terminal.getStringCapability(Capability.clr_eos) != null;
    }

    private static String sequence(Terminal terminal, Capability capability) {
        String described = terminal.getStringCapability(capability);
        StringWriter sequence = new StringWriter();
        if (described != null) {
            Curses.tputs(sequence, described);
        }
        return sequence.toString();
    }

    void open() throws IOException {
        out.write(hideCursor);
        out.flush();
    }

    /**
     * @param above lines that scroll up and stay; they may be wider than the terminal
     * @param drawn the region's lines; none may be as wide as the terminal
     */
    void draw(List<String> above, List<String> drawn) throws IOException {
        erase();
        for (String line : above) {
            out.write(line + "\n");
        }
        for (String line : drawn) {
            out.write(line + "\n");
        }
        height = drawn.size();
        out.flush();
    }

    void close() throws IOException {
        erase();
        out.write(showCursor);
        out.flush();
    }

    private void erase() throws IOException {
        if (height > 0) {
            out.write("\r" + up.repeat(height) + clear);
            height = 0;
        }
    }
}
