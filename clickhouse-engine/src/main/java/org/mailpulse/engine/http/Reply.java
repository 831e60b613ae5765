package org.mailpulse.engine.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * The response's body as a stream. Its beginning is held back, so that an early failure can still be told by the status; a
 * result that fits is sent as one piece with its length.
 */
final class Reply extends OutputStream {
    private static final int HELD_BACK = 1024 * 1024;

    private final Exchange exchange;
    private final Map<String, String> headers;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean begun;

    /**
     * @param headers read when the response begins
     */
    Reply(Exchange exchange, Map<String, String> headers) {
        this.exchange = exchange;
        this.headers = headers;
    }

    boolean begun() {
        return begun;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!begun && held.size() + length <= HELD_BACK) {
            held.write(bytes, offset, length);
            return;
        }
        if (!begun) {
            exchange.begin(200, headers);
            begun = true;
            exchange.write(held.toByteArray(), 0, held.size());
            held.reset();
        }
        exchange.write(bytes, offset, length);
    }

    /** The result is whole. */
    void end() {
        if (begun) {
            exchange.end();
        } else {
            exchange.respond(200, headers, held.toByteArray());
        }
    }
}
