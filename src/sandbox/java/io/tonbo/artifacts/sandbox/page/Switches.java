package io.tonbo.artifacts.sandbox.page;

import java.util.List;

/** What can be provoked, and the way to do it. Safe to use from several threads; nothing here waits for long. */
public interface Switches {
    /** What can be done with one. */
    enum Action {
        /** Makes it happen. */
        PROVOKE,
        /** Ends its cause. */
        MEND,
        /** Deletes all that belongs to it. */
        CLEAR
    }

    /**
     * @return all, in the catalogue's order
     */
    List<PageState.SwitchLine> lines();

    /**
     * @return the rows of the catalogue that cannot be provoked, in its order
     */
    List<PageState.OtherLine> others();

    /**
     * @param id one of {@link #lines()}
     * @param action what to do
     * @throws IllegalArgumentException if there is none of that id
     */
    void play(String id, Action action);
}
