package io.tonbo.artifacts.operator.juicefs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import software.amazon.awssdk.http.Abortable;

/** An answer's body that ends in an error where it grows too large; the connection is cut then instead of read to its end. */
final class BoundedAnswer extends FilterInputStream {
    /** A full page of the longest keys takes about three quarters of this. */
    static final int LIMIT_BYTES = 4 * 1024 * 1024;

    private long left = LIMIT_BYTES;

    BoundedAnswer(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        if (one >= 0) {
            count(1);
        }
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
    }

    private void count(long read) throws IOException {
        left -= read;
        if (left < 0) {
            if (in instanceof Abortable connection) {
                connection.abort();
            }
            throw new TooLarge();
        }
    }

    /** The body was longer than {@link #LIMIT_BYTES}. */
    static final class TooLarge extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("answer larger than " + LIMIT_BYTES + " bytes");
        }
    }
}
