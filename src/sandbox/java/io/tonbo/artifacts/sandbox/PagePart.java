package io.tonbo.artifacts.sandbox;

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
     * @param asked a port that was asked for; 0 is any that is free
     * @return the page, being served
     */
    @SuppressWarnings("IllegalCatch")
    static PagePart start(SandboxParts parts, OptionalInt asked) {
        TroubleDesk desk = new TroubleDesk(parts);
        try {
            return new PagePart(desk, LivePage.start(PageParts.of(parts, desk), asked.orElse(LivePage.PREFERRED_PORT)));
        } catch (RuntimeException e) {
            desk.close();
            throw e;
        }
    }

    /**
     * @return its address
     */
    URI url() {
        return page.url();
    }

    @Override
    public void close() {
        page.close();
        desk.close();
    }
}
