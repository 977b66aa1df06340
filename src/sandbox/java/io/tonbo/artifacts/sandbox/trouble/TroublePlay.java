package io.tonbo.artifacts.sandbox.trouble;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;

/** One trouble at the desk: its steps one after another, and how far it is. */
final class TroublePlay {
    private record Asked(Script.Step step, TroubleStage stage, int epoch) {}

    private final SandboxParts parts;
    private final Script script;
    private final Executor players;
    private final Queue<Asked> asked = new ArrayDeque<>();
    private Thread player;
    private boolean playing;
    private boolean closed;
    private int epoch;
    private int runs;
    private TroubleStage stage;
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
        if (stage != null) {
            ask(TroubleClearing::clear);
        }
        state = State.PROVOKED;
        stage = new TroubleStage(parts, script.trouble(), ++runs);
        ask(fresh -> {
            fresh.prepare();
            script.provoke().on(fresh);
        });
    }

    synchronized void mend() {
        if (state != State.PROVOKED && state != State.MENDED) {
            return;
        }
        state = State.MENDED;
        ask(present -> {
            script.mend().on(present);
            present.look();
        });
    }

    synchronized void clear() {
        giveUpWhatIsUnderWay();
        if (stage == null) {
            return;
        }
        state = State.CLEARING;
        int own = epoch;
        ask(old -> {
            TroubleClearing.clear(old);
            cleared(own);
        });
    }

    /** Unless it was provoked again meanwhile. */
    private synchronized void cleared(int inEpoch) {
        if (epoch == inEpoch) {
            stage = null;
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
        if (stage != null) {
            stage.close();
        }
    }

    private void giveUpWhatIsUnderWay() {
        epoch++;
        error = null;
        asked.clear();
        if (player != null) {
            player.interrupt();
        }
    }

    private void ask(Script.Step step) {
        if (closed) {
            return;
        }
        asked.add(new Asked(step, stage, epoch));
        if (!playing) {
            playing = true;
            players.execute(this::play);
        }
    }

    private void play() {
        for (Asked next = next(); next != null; next = next()) {
            try {
                next.step().on(next.stage());
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
