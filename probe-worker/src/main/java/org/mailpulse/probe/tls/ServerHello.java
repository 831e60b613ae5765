package org.mailpulse.probe.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Body of a ServerHello (RFC 8446 §4.1.3; RFC 5246 §7.4.1.3).
 *
 * @param version the one chosen, by supported_versions where that is present
 * @param group of the key_share; 0 where there is none
 * @param isRetryRequest a HelloRetryRequest in the guise of a ServerHello
 */
record ServerHello(int version, int suite, int group, boolean isRetryRequest) {
    static final int TLS_1_3 = 0x0304;

    private static final ByteBuffer RETRY = ByteBuffer.wrap(
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"));
    private static final int RANDOM_BYTES = 32;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int KEY_SHARE = 51;

    /** @return null if it does not parse */
    static ServerHello parse(byte[] body, int length) {
        try {
            return parse(ByteBuffer.wrap(body, 0, length));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return null;
        }
    }

    private static ServerHello parse(ByteBuffer body) {
        int version = unsigned16(body);
        boolean retry = slice(body, RANDOM_BYTES).equals(RETRY);
        slice(body, body.get() & 0xff); // session id
        int suite = unsigned16(body);
        body.get(); // compression
        int group = 0;
        ByteBuffer extensions = body.hasRemaining() ? slice(body, unsigned16(body)) : body;
        while (extensions.hasRemaining()) {
            int type = unsigned16(extensions);
            ByteBuffer extension = slice(extensions, unsigned16(extensions));
            if (type == SUPPORTED_VERSIONS) {
                version = unsigned16(extension);
            } else if (type == KEY_SHARE) {
                group = unsigned16(extension);
            }
        }
        return new ServerHello(version, suite, group, retry);
    }

    private static ByteBuffer slice(ByteBuffer from, int length) {
        if (length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer slice = from.slice(from.position(), length);
        from.position(from.position() + length);
        return slice;
    }

    private static int unsigned16(ByteBuffer from) {
        return from.getShort() & 0xffff;
    }
}
