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

    private final SandboxParts parts;
    private final Script script;
    private final Executor players;
    private final Queue<Asked> asked = new ArrayDeque<>();
    private Thread player;
    private boolean playing;
    private boolean closed;
    private int epoch;
    private int runs;
    private final List<TroubleStage> stages = new ArrayList<>();
    private State state = State.IDLE;
    private String error;

    TroublePlay(SandboxParts parts, Script script, Executor players) {
        this.parts = parts;
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

    synchronized void provoke() {
        giveUpWhatIsUnderWay();
        askToClear();
        state = State.PROVOKED;
        TroubleStage fresh = new TroubleStage(parts, script.trouble(), ++runs);
        stages.add(fresh);
        ask(() -> {
            fresh.prepare();
            script.provoke().on(fresh);
        });
    }

    synchronized void mend() {
        if (state != State.PROVOKED && state != State.MENDED) {
            return;
        }
        state = State.MENDED;
        TroubleStage present = stages.get(stages.size() - 1);
        ask(() -> {
            script.mend().on(present);
            present.look();
        });
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
        for (Asked next = next(); next != null; next = next()) {
            try {
                next.step().take();
            } catch (InterruptedException e) {
                // Something else is wanted by now.
            } catch (RuntimeException e) {
                failed(next, e);
            }
        }
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
