package io.tonbo.artifacts.sandbox.s3;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The faults that are switched on. The one switched on last wins. */
public final class S3Faults {
    private final List<Switch> switches = new CopyOnWriteArrayList<>();

    private record Switch(S3Match where, S3Effect what, AtomicInteger left) {}

    /**
     * @param where which requests
     * @param what happens to them, until it is switched off
     */
    public void on(S3Match where, S3Effect what) {
        on(where, what, Integer.MAX_VALUE);
    }

    /**
     * @param where which requests
     * @param what happens to them
     * @param times to how many of them; then it is off
     */
    public void on(S3Match where, S3Effect what, int times) {
        switches.add(0, new Switch(where, what, new AtomicInteger(times)));
    }

    /**
     * @param where as it was switched on
     */
    public void off(S3Match where) {
        switches.removeIf(one -> one.where().equals(where));
    }

    /**
     * @return how many are on, those included that have been used up
     */
    public int count() {
        return switches.size();
    }

    /** Switches everything off. */
    public void clear() {
        switches.clear();
    }

    /**
     * Finds what happens to a request and counts it.
     *
     * @param request any request
     * @return the effect, or empty when none is on for it
     */
    Optional<S3Effect> strike(S3Request request) {
        return switches.stream()
                .filter(one -> one.where().matches(request))
                .filter(one -> one.left().getAndUpdate(left -> Math.max(0, left - 1)) > 0)
                .map(Switch::what)
                .findFirst();
    }
}
