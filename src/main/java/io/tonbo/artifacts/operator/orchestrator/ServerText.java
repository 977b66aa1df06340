package io.tonbo.artifacts.operator.orchestrator;

import java.util.regex.Pattern;

/** Words of the server made fit to be shown: cut to size, on one line, without credentials. */
final class ServerText {
    static final int MAX_CODE = 128;
    static final int MAX_MESSAGE = 1024;
    static final int MAX_REQUEST_ID = 128;

    private static final Pattern USER_INFO = Pattern.compile("://[^\\s/@]*@");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private ServerText() {}

    static String clean(String text, int maxCharacters) {
        String oneLine = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        String harmless = USER_INFO.matcher(oneLine).replaceAll("://[hidden]@");
        if (harmless.length() <= maxCharacters) {
            return harmless;
        }
        int end = maxCharacters - 1;
        if (Character.isHighSurrogate(harmless.charAt(end - 1))) {
            end--;
        }
        return harmless.substring(0, end) + "…";
    }

    /** The id in the answer, if it is one; else the one that was sent. */
    static String requestId(String answered, String sent) {
        return answered != null && answered.matches("[\\x21-\\x7e]{1," + MAX_REQUEST_ID + "}") ? answered : sent;
    }
}
