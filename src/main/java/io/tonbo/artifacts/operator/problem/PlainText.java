package io.tonbo.artifacts.operator.problem;

import java.util.regex.Pattern;

/**
 * Makes text from elsewhere safe to store and to print: no terminal sequences, no line breaks, no invisible characters, no
 * credentials that can be recognised, and bounded, since one over-long string makes the API server refuse a whole status.
 */
final class PlainText {
    /** How much of the text is looked at, as a multiple of what is kept: answers may be a mebibyte long. */
    private static final int LOOKED_AT = 8;

    /** CSI sequences such as colours, and OSC sequences such as window titles. */
    private static final Pattern TERMINAL_SEQUENCE =
            Pattern.compile("(?:\\x1B\\[|\\x9B)[0-?]*[ -/]*[@-~]|\\x1B][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)?");

    /** Controls, format characters (direction overrides among them), line and paragraph separators, halves of pairs. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]+");

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Zs}]{2,}");

    private PlainText() {}

    /**
     * @param text any text, or null
     * @param max largest number of characters of the result, at least 1
     * @return one printable line, empty for null; cut with an ellipsis where it was longer
     */
    static String bounded(String text, int max) {
        if (text == null) {
            return "";
        }
        String seen = text.substring(0, Math.min(text.length(), max * LOOKED_AT));
        String plain = TERMINAL_SEQUENCE.matcher(seen).replaceAll("");
        plain = UNPRINTABLE.matcher(plain).replaceAll(" ");
        plain = SPACES.matcher(plain).replaceAll(" ").strip();
        return cut(Redaction.of(plain), max);
    }

    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = max - 1;
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
