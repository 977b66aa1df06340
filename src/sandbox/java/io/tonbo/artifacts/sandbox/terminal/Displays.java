package io.tonbo.artifacts.sandbox.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Chooses the display that fits where the output goes. */
public final class Displays {
    private Displays() {}

    /**
     * @param out where plain lines go
     * @param environment variables: with TERM=dumb, or without a TERM, no list is drawn, and with NO_COLOR no colours are
     *     used
     * @return a live list if input and output are a terminal that can move its cursor, else plain lines
     */
    public static Display forPerson(PrintStream out, Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "");
        if (type.isEmpty() || type.equals("dumb")) {
            return new PlainDisplay(out);
        }
        try {
            // Not nativeSignals: Ctrl-C is the machine's, whose shutdown ends the sandbox.
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .nativeSignals(false)
                    .encoding(System.getProperty("native.encoding"))
                    .dumb(true)
                    .build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB) || !Region.isPossible(terminal)) {
                terminal.close();
                return new PlainDisplay(out);
            }
            return new LiveDisplay(terminal, new FileOutputStream(FileDescriptor.out), environment);
        } catch (IOException | IllegalStateException e) {
            return new PlainDisplay(out);
        }
    }
}
