package io.tonbo.artifacts.sandbox.s3;

import java.nio.ByteBuffer;
import org.gaul.shaded.org.eclipse.jetty.io.EofException;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** A response that does something before its first byte is sent, and may then cut the connection instead. */
final class ReplyGate extends Response.Wrapper {
    private final Runnable beforeFirstByte;
    private final boolean cut;
    private boolean passed;

    ReplyGate(Request request, Response wrapped, Runnable beforeFirstByte, boolean cut) {
        super(request, wrapped);
        this.beforeFirstByte = beforeFirstByte;
        this.cut = cut;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        if (!passed) {
            passed = true;
            beforeFirstByte.run();
        }
        if (cut) {
            getRequest().getConnectionMetaData().getConnection().getEndPoint().close();
            callback.failed(new EofException("the sandbox lost this reply"));
        } else {
            super.write(last, content, callback);
        }
    }
}
