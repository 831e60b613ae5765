package org.mailpulse.probe.tls;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mailpulse.model.observation.KeyExchange;

/**
 * Reads the part of a server's first flight that goes over the wire in plain text, as it streams by: the ServerHello
 * (RFC 8446 §4.1.3), with or without a HelloRetryRequest before it, and up to TLS 1.2 the ServerKeyExchange (RFC 8422
 * §5.4; RFC 5246 §7.4.3), on request also the Certificate (RFC 5246 §7.4.2). Keeps the few bytes it needs and skips the
 * rest, however it is cut into records or packets.
 *
 * <pre>
 *   record header (5) ─▶ alert: level, description ─▶ done
 *        ▲        └────▶ handshake header (4) ─▶ ServerHello        ─▶ TLS 1.3: done (after a retry: go on)
 *        └── next record ◀────────┘           ─▶ Certificate …       read or skipped
 *                                             ─▶ ServerKeyExchange  ─▶ done
 * </pre>
 */
final class ServerFlight {
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int MAX_RECORD = (1 << 14) + 2048;

    private static final int WARNING = 1;
    private static final int CLOSE_NOTIFY = 0;

    private static final int SERVER_HELLO = 2;
    private static final int CERTIFICATE = 11;
    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int SERVER_HELLO_DONE = 14;
    private static final int NAMED_CURVE = 3;

    /** The server's share of the largest hybrid group has 1,665 bytes; the first bytes of a key exchange name its curve. */
    private static final int KEPT = 4096;

    private static final int KEPT_OF_CERTIFICATES = 64 * 1024;
    private static final int MAX_CERTIFICATES = 10;

    private final boolean readsCertificates;

    private final byte[] recordHeader = new byte[5];
    private int recordHeaderBytes;
    private int recordLeft;

    private final byte[] messageHeader = new byte[4];
    private int messageHeaderBytes;
    private int messageLeft;

    private byte[] kept = new byte[0];
    private int keptBytes;

    private boolean done;
    private boolean spoken;
    private int version;
    private int suite;
    private int group;
    private int dhBits;
    private int alert = -1;
    private List<byte[]> chain = List.of();

    ServerFlight() {
        this(false);
    }

    private ServerFlight(boolean readsCertificates) {
        this.readsCertificates = readsCertificates;
    }

    /** One that reads the certificates, too. */
    static ServerFlight withCertificates() {
        return new ServerFlight(true);
    }

    /** Looks at the readable bytes without consuming them. */
    void read(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex() && !done) {
            at = recordLeft == 0 ? readRecordHeader(bytes, at) : readFragment(bytes, at);
        }
    }

    /** Nothing more is to be learnt. */
    boolean isDone() {
        return done;
    }

    /** At least one TLS record began. */
    boolean hasSpoken() {
        return spoken;
    }

    /** The version chosen, e.g. {@code 0x0304} for TLS 1.3; 0 before the ServerHello. */
    int version() {
        return version;
    }

    /** IANA number of the cipher suite; 0 before the ServerHello. */
    int suite() {
        return suite;
    }

    /** IANA number of the named group; 0 where none was seen. */
    int group() {
        return group;
    }

    /** Size of the prime of a DHE exchange; 0 where there was none. */
    int dhBits() {
        return dhBits;
    }

    /** Description of a closing alert in plain text, fatal or close_notify; -1 where none was seen. */
    int alert() {
        return alert;
    }

    /** What a server of TLS 1.2 or less sent, DER, leaf first: the first 10 and 64 KiB; empty unless they are read. */
    List<byte[]> chain() {
        return chain;
    }

    private int readRecordHeader(ByteBuf bytes, int at) {
        recordHeader[recordHeaderBytes++] = bytes.getByte(at);
        if (recordHeaderBytes == recordHeader.length) {
            recordHeaderBytes = 0;
            recordLeft = unsigned16(recordHeader, 3);
            spoken = true;
            int type = recordHeader[0];
            if (type == ALERT) {
                keptBytes = 0;
            }
            boolean retrying = version == 0; // a change of cipher spec may follow a retry request (RFC 8446 §D.4)
            if (recordLeft == 0
                    || recordLeft > MAX_RECORD
                    || recordHeader[1] != 3
                    || type == APPLICATION_DATA
                    || (type == CHANGE_CIPHER_SPEC && !retrying)) {
                done = true;
            }
        }
        return at + 1;
    }

    private int readFragment(ByteBuf bytes, int at) {
        int available = Math.min(recordLeft, bytes.writerIndex() - at);
        int used;
        switch (recordHeader[0]) {
            case HANDSHAKE -> used = readHandshake(bytes, at, available);
            case ALERT -> {
                keep(bytes, at, available, KEPT);
                endAlert();
                used = available;
            }
            default -> used = available;
        }
        recordLeft -= used;
        return at + used;
    }

    /** A warning does not end anything: many servers have one to say about a name that they do not know (RFC 6066 §3). */
    private void endAlert() {
        if (keptBytes >= 2 && (kept[0] != WARNING || kept[1] == CLOSE_NOTIFY)) {
            alert = kept[1] & 0xff;
            done = true;
        }
    }

    private int readHandshake(ByteBuf bytes, int at, int available) {
        if (messageHeaderBytes < messageHeader.length) {
            messageHeader[messageHeaderBytes++] = bytes.getByte(at);
            if (messageHeaderBytes == messageHeader.length) {
                messageLeft = (messageHeader[1] & 0xff) << 16 | unsigned16(messageHeader, 2);
                keptBytes = 0;
                if (messageLeft == 0) {
                    endMessage();
                }
            }
            return 1;
        }
        int used = Math.min(messageLeft, available);
        switch (messageHeader[0]) {
            case SERVER_HELLO, SERVER_KEY_EXCHANGE -> keep(bytes, at, used, KEPT);
            case CERTIFICATE -> keep(bytes, at, used, readsCertificates ? KEPT_OF_CERTIFICATES : 0);
            default -> {}
        }
        messageLeft -= used;
        if (messageLeft == 0) {
            endMessage();
        }
        return used;
    }

    private void keep(ByteBuf bytes, int at, int length, int most) {
        int wanted = Math.min(length, most - keptBytes);
        if (wanted <= 0) {
            return;
        }
        if (keptBytes + wanted > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(most, Math.max(256, 2 * (keptBytes + wanted))));
        }
        bytes.getBytes(at, kept, keptBytes, wanted);
        keptBytes += wanted;
    }

    private void endMessage() {
        messageHeaderBytes = 0;
        switch (messageHeader[0]) {
            case SERVER_HELLO -> readServerHello();
            case CERTIFICATE -> chain = certificates();
            case SERVER_KEY_EXCHANGE -> {
                readKeyExchange();
                done = true;
            }
            case SERVER_HELLO_DONE -> done = true;
            default -> {}
        }
    }

    /** What it holds is not marked: only the suite tells (RFC 5246 §7.4.3, RFC 8422 §5.4). */
    private void readKeyExchange() {
        WideSuite wide = WideSuite.of(suite);
        if (wide != null && wide.keyExchange() == KeyExchange.DHE) {
            dhBits = primeBits();
        } else if (keptBytes >= 3 && kept[0] == NAMED_CURVE) {
            group = unsigned16(kept, 1);
        }
    }

    /** Whatever is cut short, by us or by the server, is left out. */
    private List<byte[]> certificates() {
        List<byte[]> found = new ArrayList<>();
        int at = 3;
        while (at + 3 <= keptBytes && found.size() < MAX_CERTIFICATES) {
            int end = at + 3 + ((kept[at] & 0xff) << 16 | unsigned16(kept, at + 1));
            if (end > keptBytes) {
                break;
            }
            found.add(Arrays.copyOfRange(kept, at + 3, end));
            at = end;
        }
        return found;
    }

    private int primeBits() {
        int length = keptBytes < 2 ? 0 : unsigned16(kept, 0);
        for (int at = 2; at < Math.min(keptBytes, 2 + length); at++) {
            int first = kept[at] & 0xff;
            if (first != 0) {
                return 8 * (1 + length - at) + Integer.SIZE - Integer.numberOfLeadingZeros(first);
            }
        }
        return 0;
    }

    private void readServerHello() {
        ServerHello hello = ServerHello.parse(kept, keptBytes);
        if (hello == null) {
            done = true;
            return;
        }
        group = hello.group();
        suite = hello.suite();
        if (!hello.isRetryRequest()) {
            version = hello.version();
            done = version >= ServerHello.TLS_1_3;
        }
    }

    private static int unsigned16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
