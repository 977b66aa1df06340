package io.tonbo.artifacts.sandbox.redis;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one value of the Redis serialization protocol (RESP2 and RESP3, "Redis serialization protocol specification") at a
 * time, keeping its exact bytes.
 */
final class RespReader {
    private final InputStream in;
    private ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private List<String> strings = new ArrayList<>();

    RespReader(InputStream in) {
        this.in = in;
    }

    /**
     * One value.
     *
     * @param raw as it came, each byte one character
     * @param strings every string in it, however deep
     */
    record Value(String raw, List<String> strings) {
        boolean isPush() {
            return raw.startsWith(">");
        }

        byte[] bytes() {
            return raw.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * @return the next value; null at the end of the stream
     */
    Value next() throws IOException {
        raw = new ByteArrayOutputStream();
        strings = new ArrayList<>();
        int type = in.read();
        if (type < 0) {
            return null;
        }
        value(type);
        return new Value(raw.toString(StandardCharsets.ISO_8859_1), List.copyOf(strings));
    }

    private void value(int type) throws IOException {
        raw.write(type);
        String head = line();
        switch (type) {
            case '+', '-', ':', '_', '#', ',', '(' -> strings.add(head);
            case '$', '!', '=' -> bulk(Integer.parseInt(head));
            case '*', '~', '>' -> values(Integer.parseInt(head));
            case '%' -> values(2 * Integer.parseInt(head));
            case '|' -> {
                values(2 * Integer.parseInt(head));
                value(read());
            }
            default -> throw new IOException("not the Redis protocol: a value of type " + (char) type);
        }
    }

    private void values(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            value(read());
        }
    }

    private void bulk(int length) throws IOException {
        if (length < 0) {
            return;
        }
        byte[] content = in.readNBytes(length + 2);
        if (content.length < length + 2) {
            throw new EOFException("the stream ends within a string");
        }
        raw.writeBytes(content);
        strings.add(new String(content, 0, length, StandardCharsets.ISO_8859_1));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = read(); c != '\n'; c = read()) {
            raw.write(c);
            if (c != '\r') {
                line.append((char) c);
            }
        }
        raw.write('\n');
        return line.toString();
    }

    private int read() throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException("the stream ends within a value");
        }
        return c;
    }
}
