package io.tonbo.artifacts.sandbox.terminal;

/** Where the sandbox tells what it does. Safe to use by several threads; silent once closed. */
public interface Display extends AutoCloseable {
    /**
     * Begins something that takes a while.
     *
     * @param name one or two words, such as {@code Redis}
     * @param doing what is done, such as {@code starting}
     * @return to say how it goes on; whoever begins a step ends it
     */
    Step begin(String name, String doing);

    /**
     * Tells something that has happened or that a person should know, in a line of its own.
     *
     * @param name one or two words, such as {@code note}
     * @param detail the rest
     */
    void tell(String name, String detail);

    /**
     * @param text lines, shown as they are
     */
    void say(String text);

    /** Gives the terminal back as it was. Steps that run are forgotten. Can be called again. */
    @Override
    void close();
}
