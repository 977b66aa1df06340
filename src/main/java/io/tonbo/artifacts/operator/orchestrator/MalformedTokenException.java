package io.tonbo.artifacts.operator.orchestrator;

/**
 * The text is not a token (the CLI's "bad jwt"). Says how long it is and in how many parts, never what it is.
 */
public final class MalformedTokenException extends Exception {
    private final int characters;
    private final int parts;
    private final String detail;

    MalformedTokenException(int characters, int parts, String detail) {
        super(
                "not a token: %d characters in %d part(s), %s; expected a three-part JWT with an exp claim, art_… or tbo_…"
                        .formatted(characters, parts, detail));
        this.characters = characters;
        this.parts = parts;
        this.detail = detail;
    }

    /**
     * @return the length of the text after trimming
     */
    public int characters() {
        return characters;
    }

    /**
     * @return what is wrong with it, as half a sentence, without any of it
     */
    public String detail() {
        return detail;
    }

    /**
     * @return the number of dot-separated parts, 0 for an empty text
     */
    public int parts() {
        return parts;
    }
}
