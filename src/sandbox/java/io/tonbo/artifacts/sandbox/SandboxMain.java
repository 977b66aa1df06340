package io.tonbo.artifacts.sandbox;

import io.tonbo.artifacts.sandbox.terminal.Display;
import io.tonbo.artifacts.sandbox.terminal.Displays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs the sandbox for a person: {@code ./mvnw -Psandbox}. */
public final class SandboxMain {
    private static final int READY = 0;
    private static final int NOT_READY = 1;
    private static final int UNUSABLE = 2;
    private static final int SECONDS_TO_UNWIND = 10;

    private final SandboxSettings settings;
    private final Display display;
    private final Sandbox sandbox;
    private final Thread starter = Thread.currentThread();
    private final CountDownLatch unwound = new CountDownLatch(1);
    private final long begun = System.nanoTime();
    private boolean ended;

    private SandboxMain(SandboxSettings settings, List<DemoManifest> manifests) {
        this.settings = settings;
        this.display = Displays.forPerson(System.out, System.getenv());
        this.sandbox = new Sandbox(settings, manifests, display);
    }

    /**
     * Stays until Ctrl-C, SIGTERM or the end of the terminal. With the system property {@code sandbox.once}: ends once all is
     * Ready. Exit code 0: it was Ready; 1: it is not, or something cannot go on, the reason on standard error; 2: an option is
     * unusable. {@link SandboxSettings#from} says which options there are.
     *
     * @param arguments none
     */
    public static void main(String... arguments) {
        // The libraries' own remarks are not what a newcomer came for.
        Logger.getLogger("").setLevel(Level.SEVERE);
        System.exit(run());
    }

    private static int run() {
        SandboxMain main;
        try {
            SandboxSettings settings = SandboxSettings.from(System.getProperties());
            main = new SandboxMain(settings, DemoManifest.read(settings.manifest()));
        } catch (UnusableSettingException e) {
            System.err.println(e.getMessage());
            return UNUSABLE;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(main::interrupted, "end-of-sandbox"));
        try {
            return main.play();
        } finally {
            main.unwind();
            main.end(true);
        }
    }

    private int play() {
        try {
            display.say("\nThe Artifacts Operator's sandbox: all on this machine, and gone when it ends.\n");
            sandbox.start();
            String wrong = sandbox.bringToReady().orElse(null);
            if (wrong == null) {
                display.say("\nReady after " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " s.");
            } else if (settings.once()) {
                return failed("Not Ready: " + wrong);
            } else {
                display.say("\nNot Ready: " + wrong);
            }
            if (settings.once()) {
                return READY;
            }
            display.say(sandbox.invitation().text());
            sandbox.stay();
            return READY;
        } catch (Exception e) {
            return sandbox.isClosed() ? READY : failed("The sandbox cannot go on: " + PlainReason.of(e));
        }
    }

    private int failed(String reason) {
        // First, so that the list is not drawn over it.
        display.close();
        System.err.println("\n" + reason);
        System.err.flush();
        return NOT_READY;
    }

    /** By Ctrl-C, SIGTERM, or when the terminal is closed. After the end of {@link #run} there is nothing left to do. */
    private void interrupted() {
        sandbox.refuseMore();
        display.close();
        end(!interruptStarter() || awaitUnwound());
    }

    /** What is being started is ended by who starts it. */
    private boolean interruptStarter() {
        synchronized (unwound) {
            if (unwound.getCount() == 0) {
                return false;
            }
            say("\nEnding ...");
            starter.interrupt();
            return true;
        }
    }

    /** From now on the starter ends things, which is not interrupted any more. */
    private void unwind() {
        synchronized (unwound) {
            unwound.countDown();
            Thread.interrupted();
        }
    }

    private boolean awaitUnwound() {
        try {
            if (unwound.await(SECONDS_TO_UNWIND, TimeUnit.SECONDS)) {
                return true;
            }
            say("note: what was being started does not stop by itself");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** The first to come ends all, and whoever else comes waits for that. */
    private synchronized void end(boolean complete) {
        if (ended) {
            return;
        }
        ended = true;
        display.close();
        List<String> left = sandbox.end();
        left.forEach(trouble -> say("note: " + trouble));
        say("\nThe sandbox has ended"
                + (complete && left.isEmpty() ? ": nothing is left running." : ", but for what is noted above."));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
