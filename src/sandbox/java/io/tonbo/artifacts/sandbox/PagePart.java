package io.tonbo.artifacts.sandbox;

import io.tonbo.artifacts.sandbox.kube.LoopbackPort;
import io.tonbo.artifacts.sandbox.page.LivePage;
import io.tonbo.artifacts.sandbox.page.PageParts;
import io.tonbo.artifacts.sandbox.trouble.SandboxParts;
import io.tonbo.artifacts.sandbox.trouble.TroubleDesk;
import java.net.URI;
import java.util.OptionalInt;

/** The live page with the desk behind its switches. */
final class PagePart implements AutoCloseable {
    private final TroubleDesk desk;
    private final LivePage page;

    private PagePart(TroubleDesk desk, LivePage page) {
        this.desk = desk;
        this.page = page;
    }

    /**
     * @param parts what the page is about
     * @param asked a port that was asked for, and no other will do; 0 is any that is free
     * @return the page, being served
     * @throws IllegalStateException if it cannot be had there; says why
     */
    static PagePart start(SandboxParts parts, OptionalInt asked) {
        TroubleDesk desk = new TroubleDesk(parts);
        try {
            PageParts about = PageParts.of(parts, desk);
            return new PagePart(
                    desk,
                    asked.isPresent()
                            ? LivePage.startAt(about, asked.getAsInt())
                            : LivePage.start(about, LivePage.PREFERRED_PORT));
        } catch (RuntimeException e) {
            desk.close();
            // Free when we began, taken since.
            refuseTaken(asked);
            throw e;
        }
    }

    /**
     * @param asked the port that was asked for, if one was
     * @throws IllegalStateException if the page cannot be had there; says why, and what to do
     */
    static void refuseTaken(OptionalInt asked) {
        asked.ifPresent(port -> LoopbackPort.obstacle(port).ifPresent(why -> {
            throw new IllegalStateException(
                    why + "; give the page another one, or any that is free with -Dsandbox.page.port=0");
        }));
    }

    /**
     * @return its address
     */
    URI url() {
        return page.url();
    }

    @Override
    public void close() {
        try {
            page.close();
        } finally {
            desk.close();
        }
    }
}
