package io.tonbo.artifacts.sandbox.trouble;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;

/** One trouble at the desk: its steps one after another, and how far it is. */
final class TroublePlay {
    private interface Step {
        void take() throws InterruptedException;
    }

    private record Asked(Step step, int epoch) {}

    private static final String ELSEWHERE_ONLY = "needs the real Kubernetes: -Dsandbox.kubernetes=real";

    private final SandboxParts parts;
    private final WatchedObjects watched;
    private final Script script;
    private final Executor players;
    private final Queue<Asked> asked = new ArrayDeque<>();
    private Thread player;
    private boolean playing;
    private boolean arranging;
    private boolean mended;
    private boolean closed;
    private int epoch;
    private int runs;
    private final List<TroubleStage> stages = new ArrayList<>();
    private State state = State.IDLE;
    private String error;

    TroublePlay(SandboxParts parts, WatchedObjects watched, Script script, Executor players) {
        this.parts = parts;
        this.watched = watched;
        this.script = script;
        this.players = players;
    }

    Trouble trouble() {
        return script.trouble();
    }

    synchronized State state() {
        return state;
    }

    synchronized Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /** What keeps it from being provoked in this sandbox. */
    Optional<String> obstacle() {
        return trouble().needsRealKubernetes() && !parts.realKubernetes()
                ? Optional.of(ELSEWHERE_ONLY)
                : Optional.empty();
    }

    synchronized void provoke() {
        if (obstacle().isPresent()) {
            error = ELSEWHERE_ONLY;
            return;
        }
        if (arranging) {
            return;
        }
        giveUpWhatIsUnderWay();
        askToClear();
        state = State.PROVOKED;
        arranging = true;
        TroubleStage fresh = new TroubleStage(parts, watched, script.trouble(), ++runs);
        stages.add(fresh);
        int own = epoch;
        ask(() -> {
            watched.start();
            fresh.prepare();
            arranged(own);
            script.provoke().on(fresh);
        });
    }

    private synchronized void arranged(int inEpoch) {
        if (epoch == inEpoch) {
            arranging = false;
        }
    }

    /** A second time only if the first one failed: what was mended stays mended. */
    synchronized void mend() {
        boolean failed = state == State.MENDED && error != null && !mended;
        if (state != State.PROVOKED && !failed) {
            return;
        }
        state = State.MENDED;
        error = null;
        TroubleStage present = stages.get(stages.size() - 1);
        int own = epoch;
        ask(() -> {
            script.mend().on(present);
            mended(own);
            present.look();
        });
    }

    private synchronized void mended(int inEpoch) {
        mended = epoch == inEpoch;
    }

    synchronized void clear() {
        giveUpWhatIsUnderWay();
        if (state == State.IDLE) {
            return;
        }
        state = State.CLEARING;
        askToClear();
        int own = epoch;
        ask(() -> cleared(own));
    }

    /** Whatever was provoked before; one that was given up halfway is cleared all the same. */
    private void askToClear() {
        for (TroubleStage old : List.copyOf(stages)) {
            ask(() -> {
                TroubleClearing.clear(old);
                forget(old);
            });
        }
    }

    private synchronized void forget(TroubleStage old) {
        stages.remove(old);
    }

    /** Unless it was provoked again meanwhile, or something is left. */
    private synchronized void cleared(int inEpoch) {
        if (epoch == inEpoch && stages.isEmpty()) {
            state = State.IDLE;
        }
    }

    synchronized void await() throws InterruptedException {
        while (playing) {
            wait();
        }
    }

    synchronized void close() {
        closed = true;
        giveUpWhatIsUnderWay();
        stages.forEach(TroubleStage::close);
    }

    private void giveUpWhatIsUnderWay() {
        epoch++;
        arranging = false;
        mended = false;
        error = null;
        asked.clear();
        if (player != null) {
            player.interrupt();
        }
    }

    private void ask(Step step) {
        if (closed) {
            return;
        }
        asked.add(new Asked(step, epoch));
        if (!playing) {
            playing = true;
            players.execute(this::play);
        }
    }

    private void play() {
        boolean orderly = false;
        try {
            for (Asked next = next(); next != null; next = next()) {
                take(next);
            }
            orderly = true;
        } finally {
            if (!orderly) {
                broken();
            }
        }
    }

    private void take(Asked next) {
        try {
            next.step().take();
        } catch (InterruptedException e) {
            // Something else is wanted by now.
        } catch (RuntimeException e) {
            failed(next, e);
        }
    }

    /** An Error ends the player, which must not keep everybody waiting for it. */
    private synchronized void broken() {
        asked.clear();
        arranging = false;
        playing = false;
        player = null;
        error = "a step of the sandbox broke down";
        notifyAll();
    }

    private synchronized Asked next() {
        Asked next = asked.poll();
        playing = next != null;
        player = playing ? Thread.currentThread() : null;
        // An interrupt was meant for the step before.
        boolean ignored = Thread.interrupted();
        notifyAll();
        return next;
    }

    private synchronized void failed(Asked step, RuntimeException e) {
        if (step.epoch() == epoch) {
            arranging = false;
            error = words(e);
        }
    }

    /** Messages of libraries may quote what was sent, Secrets included: of those only the kind is told. */
    private static String words(RuntimeException e) {
        if (e instanceof KubernetesClientException kubernetes) {
            return "the Kubernetes API refused a step of the sandbox with HTTP " + kubernetes.getCode();
        }
        boolean own = e instanceof IllegalStateException && e.getCause() == null;
        return own
                ? e.getMessage()
                : "a step of the sandbox failed: " + e.getClass().getSimpleName();
    }
}
