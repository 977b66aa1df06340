package io.tonbo.artifacts.sandbox.terminal;

import java.time.Duration;

/** Something that takes a while, from its begin to its end. */
public abstract class Step {
    private final String name;
    private final long begun = System.nanoTime();
    private volatile String doing;
    private volatile long phaseBegun = begun;

    /**
     * @param name one or two words
     * @param doing what is done at the moment
     */
    protected Step(String name, String doing) {
        this.name = name;
        this.doing = doing;
    }

    /**
     * What goes on now, such as {@code downloading etcd}; the time counts from here.
     *
     * @param what a few words
     */
    public void phase(String what) {
        phaseBegun = System.nanoTime();
        doing = what;
    }

    /**
     * The same in more detail, such as {@code downloading etcd, 3 of 23 MB}. Call it as often as you like.
     *
     * @param what a few words
     */
    public void progress(String what) {
        doing = what;
    }

    /**
     * Something on the way that is worth a line where there are but lines.
     *
     * @param what a few words
     */
    public abstract void milestone(String what);

    /**
     * It is done. What comes after the first end is ignored.
     *
     * @param result what came of it
     */
    public abstract void done(String result);

    /**
     * It failed.
     *
     * @param reason why
     */
    public abstract void failed(String reason);

    /**
     * @return its name
     */
    protected final String name() {
        return name;
    }

    /**
     * @return what is done at the moment
     */
    protected final String doing() {
        return doing;
    }

    /**
     * @return since the step began
     */
    protected final Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /**
     * @return since its present phase began
     */
    protected final Duration phaseAge() {
        return Duration.ofNanos(System.nanoTime() - phaseBegun);
    }
}
