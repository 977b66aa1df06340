package io.tonbo.artifacts.sandbox.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal of endless length that knows new lines, the cursor up, and clearing to the end. */
final class TinyScreen {
    private static final Pattern TOKEN =
            Pattern.compile("\033\\[(?<number>[0-9;?]*)(?<command>[a-zA-Z])|\033[^\\[].|.", Pattern.DOTALL);

    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;

    private TinyScreen() {}

    /**
     * @param sent all that was sent
     * @return the lines that are not empty
     */
    static List<String> showing(String sent) {
        TinyScreen screen = new TinyScreen();
        Matcher token = TOKEN.matcher(sent);
        while (token.find()) {
            screen.take(token);
        }
        return screen.lines.stream()
                .map(StringBuilder::toString)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private void take(Matcher token) {
        String command = token.group("command");
        if (command != null) {
            obey(command, token.group("number"));
        } else if (token.group().equals("\n")) {
            row++;
            if (row == lines.size()) {
                lines.add(new StringBuilder());
            }
        } else if (token.group().charAt(0) >= ' ') {
            lines.get(row).append(token.group());
        }
    }

    private void obey(String command, String number) {
        switch (command) {
            case "A" -> row -= number.isEmpty() ? 1 : Integer.parseInt(number);
            case "J" -> {
                lines.subList(row, lines.size()).clear();
                lines.add(new StringBuilder());
            }
            default -> {
                // Colours and the cursor's looks.
            }
        }
    }
}
