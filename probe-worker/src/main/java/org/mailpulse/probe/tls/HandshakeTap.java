package org.mailpulse.probe.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailpulse.model.observation.TlsAlert;
import org.mailpulse.model.observation.TlsAlert.Side;

/**
 * Stands in front of the TLS engine. It watches the part of the handshake that goes by in plain text, and it keeps lines
 * of text that arrive in place of TLS away from the engine: after the 220 to STARTTLS nothing but TLS may come, and text
 * there is how commands are smuggled into a session (CVE-2011-0411).
 */
public final class HandshakeTap extends ChannelDuplexHandler {
    /** Whoever sends more text than this is not about to speak TLS. */
    private static final int MAX_TEXT = 64 * 1024;

    /** BoringSSL: {@code error:10000438:SSL routines:OPENSSL_internal:TLSV1_ALERT_INTERNAL_ERROR}. */
    private static final Pattern ENCRYPTED = Pattern.compile("OPENSSL_internal:(?:TLSV1|SSLV3)_ALERT_([A-Z_]+)");

    private static final int RECORD_HEADER = 5;
    private static final int ALERT_RECORD = 21;
    private static final int FATAL = 2;

    private final ServerFlight flight = new ServerFlight();
    private int textBytes;
    private boolean inLine;
    /** From here on every byte is TLS, or an error of TLS, however small the packets. */
    private boolean begun;

    private TlsAlert ours;

    /** Text came where TLS should. */
    public boolean hasSeenText() {
        return textBytes > 0;
    }

    /** At least one TLS record came. */
    public boolean hasSeenTls() {
        return flight.hasSpoken();
    }

    /**
     * The alert that ended the handshake.
     *
     * @param failure names the server's alert if that was encrypted
     * @return null if there was none, or ours was encrypted
     */
    public TlsAlert alert(Throwable failure) {
        int number = flight.alert() >= 0 ? flight.alert() : encrypted(failure);
        return number >= 0 ? new TlsAlert(number, Side.SERVER) : ours;
    }

    /** E.g. {@code handshake_failure(40)}. */
    public static String text(TlsAlert alert) {
        return Alert.text(alert.number());
    }

    private static int encrypted(Throwable failure) {
        Matcher named = ENCRYPTED.matcher(String.valueOf(failure.getMessage()));
        return named.find() ? Alert.number(named.group(1).toLowerCase(Locale.ROOT)) : -1;
    }

    int group() {
        return flight.group();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (!begun) {
            dropText(bytes);
            begun = bytes.isReadable();
        }
        if (!bytes.isReadable()) {
            bytes.release();
            return;
        }
        flight.read(bytes);
        ctx.fireChannelRead(bytes);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (ours == null && message instanceof ByteBuf bytes) {
            ours = alertIn(bytes);
        }
        ctx.write(message, promise);
    }

    /** An encrypted alert is longer than the two bytes of one in plain text. */
    private static TlsAlert alertIn(ByteBuf bytes) {
        int at = bytes.readerIndex();
        return bytes.readableBytes() == RECORD_HEADER + 2
                        && bytes.getUnsignedByte(at) == ALERT_RECORD
                        && bytes.getUnsignedByte(at + RECORD_HEADER) == FATAL
                ? new TlsAlert(bytes.getUnsignedByte(at + RECORD_HEADER + 1), Side.PROBER)
                : null;
    }

    private void dropText(ByteBuf bytes) {
        while (bytes.isReadable() && textBytes < MAX_TEXT && (inLine || isText(bytes.getByte(bytes.readerIndex())))) {
            int end = bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) '\n');
            inLine = end < 0;
            int length = inLine ? bytes.readableBytes() : end + 1 - bytes.readerIndex();
            bytes.skipBytes(length);
            textBytes += length;
        }
    }

    private static boolean isText(byte first) {
        return first >= ' ' || first == '\r' || first == '\n' || first == '\t';
    }
}
