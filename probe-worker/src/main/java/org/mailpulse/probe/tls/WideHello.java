package org.mailpulse.probe.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A ClientHello (RFC 5246 §7.4.1.2) with the versions and suites of an {@link OldOffer}. Kept short and
 * plain: some old servers stumble over length, over a second packet or over extensions that they do not know.
 */
final class WideHello {
    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int TLS_1_0 = 0x0301;
    private static final int RANDOM_BYTES = 32;
    /** Says that we mean no renegotiation (RFC 5746 §3.3), where an extension could hurt. */
    private static final int RENEGOTIATION_SCSV = 0x00ff;

    private static final int SERVER_NAME = 0;
    private static final int GROUPS = 10;
    private static final int POINT_FORMATS = 11;
    private static final int SIGNATURES = 13;

    private static final int[] OFFERED_GROUPS = {29, 23, 24, 25};
    /** Hash and signature: RSA, ECDSA and DSA over SHA-2, SHA-1 and (RSA) MD5. */
    private static final int[] OFFERED_SIGNATURES = {
        0x0601, 0x0603, 0x0501, 0x0503, 0x0401, 0x0403, 0x0402, 0x0201, 0x0203, 0x0202, 0x0101
    };

    private static final SecureRandom RANDOM = new SecureRandom();

    private WideHello() {}

    /** @param sni host name to ask for; null for none */
    static ByteBuf write(ByteBufAllocator allocator, OldOffer offer, String sni) {
        ByteBuf out = allocator.buffer(512);
        out.writeByte(HANDSHAKE_RECORD).writeShort(TLS_1_0); // as RFC 5246 §E.1 advises
        int record = begin(out, 2);
        out.writeByte(CLIENT_HELLO);
        int message = begin(out, 3);
        out.writeShort(offer.latest());
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        out.writeBytes(random).writeByte(0); // no session to resume
        int suites = begin(out, 2);
        for (WideSuite suite : offer.suites()) {
            out.writeShort(suite.id());
        }
        out.writeShort(RENEGOTIATION_SCSV);
        end(out, suites, 2);
        out.writeByte(1).writeByte(0); // no compression
        int extensions = begin(out, 2);
        writeExtensions(out, offer, sni);
        end(out, extensions, 2);
        end(out, message, 3);
        end(out, record, 2);
        return out;
    }

    private static void writeExtensions(ByteBuf out, OldOffer offer, String sni) {
        if (sni != null) {
            out.writeShort(SERVER_NAME);
            int extension = begin(out, 2);
            int list = begin(out, 2);
            out.writeByte(0);
            int name = begin(out, 2);
            out.writeCharSequence(sni, StandardCharsets.US_ASCII);
            end(out, name, 2);
            end(out, list, 2);
            end(out, extension, 2);
        }
        writeNumbers(out, GROUPS, OFFERED_GROUPS);
        out.writeShort(POINT_FORMATS).writeShort(2).writeByte(1).writeByte(0);
        if (offer.namesSignatures()) {
            writeNumbers(out, SIGNATURES, OFFERED_SIGNATURES);
        }
    }

    private static void writeNumbers(ByteBuf out, int type, int[] numbers) {
        out.writeShort(type).writeShort(2 * numbers.length + 2).writeShort(2 * numbers.length);
        for (int number : numbers) {
            out.writeShort(number);
        }
    }

    /** Leaves room for a length. @return where it goes */
    private static int begin(ByteBuf out, int lengthBytes) {
        int at = out.writerIndex();
        out.writeZero(lengthBytes);
        return at;
    }

    private static void end(ByteBuf out, int at, int lengthBytes) {
        int length = out.writerIndex() - at - lengthBytes;
        for (int i = 0; i < lengthBytes; i++) {
            out.setByte(at + i, length >>> 8 * (lengthBytes - 1 - i));
        }
    }
}
