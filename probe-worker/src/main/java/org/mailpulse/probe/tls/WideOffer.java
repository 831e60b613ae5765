package org.mailpulse.probe.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.TlsVersion;

/**
 * Makes an offer of old versions and suites and reads what the server chooses, no further: no secret is agreed on, and no
 * cryptography of old is needed for it. Nothing else in this JVM learns to accept less.
 *
 * <pre>
 *   added ─ClientHello─▶ first flight is read ─▶ done, closed, too late or too long ─▶ told once ─▶ warned goodbye
 * </pre>
 */
public final class WideOffer extends ChannelInboundHandlerAdapter {
    /** More than any honest chain of certificates has. */
    private static final int MAX_BYTES = 256 * 1024;

    /** Warnings user_canceled and close_notify (RFC 5246 §7.2.2): the server need not log a fault. */
    private static final byte[] GOODBYE = {21, 3, 1, 0, 2, 1, 90, 21, 3, 1, 0, 2, 1, 0};

    private final OldOffer offer;
    private final String sni;
    private final long timeoutMillis;
    private final Consumer<OldAnswer> answer;
    private final ServerFlight flight = ServerFlight.withCertificates();
    private int bytesRead;
    private boolean told;
    private boolean closed;
    private Future<?> clock;

    private WideOffer(OldOffer offer, String sni, long timeoutMillis, Consumer<OldAnswer> answer) {
        this.offer = offer;
        this.sni = sni;
        this.timeoutMillis = timeoutMillis;
        this.answer = answer;
    }

    /**
     * SSL 3 to TLS 1.2, for a server that fails the modern offer.
     *
     * @param sni host name to ask for; null for none
     * @param answer told once, on the event loop
     */
    public static WideOffer wide(String sni, long timeoutMillis, Consumer<OldAnswer> answer) {
        return new WideOffer(OldOffer.WIDE, sni, timeoutMillis, answer);
    }

    /** The same, but nothing later than TLS 1.1. */
    public static WideOffer outdated(String sni, long timeoutMillis, Consumer<OldAnswer> answer) {
        return new WideOffer(OldOffer.OUTDATED, sni, timeoutMillis, answer);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        clock = ctx.executor().schedule(() -> tell(ctx), timeoutMillis, TimeUnit.MILLISECONDS);
        ctx.writeAndFlush(WideHello.write(ctx.alloc(), offer, sni));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        flight.read(bytes);
        bytesRead += bytes.readableBytes();
        bytes.release();
        if (flight.isDone() || bytesRead > MAX_BYTES) {
            tell(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        tell(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        closed = cause instanceof IOException; // a reset
        tell(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        clock.cancel(false);
    }

    private void tell(ChannelHandlerContext ctx) {
        if (told) {
            return;
        }
        told = true;
        clock.cancel(false);
        if (flight.hasSpoken() && ctx.channel().isActive()) {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(GOODBYE));
        }
        answer.accept(answer());
    }

    private OldAnswer answer() {
        LegacyFacts chosen = chosen(offer, flight);
        if (chosen != null) {
            return new OldAnswer(true, chosen, flight.chain());
        }
        boolean refused = flight.alert() >= 0 || (closed && flight.version() == 0);
        return refused ? OldAnswer.REFUSED : OldAnswer.UNKNOWN;
    }

    /** @return null unless it was offered */
    static LegacyFacts chosen(OldOffer offer, ServerFlight flight) {
        TlsVersion version = version(flight.version());
        WideSuite suite = WideSuite.of(flight.suite());
        if (version == null || !offer.holds(flight.version(), suite) || flight.alert() >= 0) {
            return null;
        }
        return new LegacyFacts(
                version, suite.name(), NamedGroups.name(flight.group()), suite.keyExchange(), flight.dhBits(), null);
    }

    /** @return null for one that was not offered */
    private static TlsVersion version(int number) {
        return switch (number) {
            case 0x0300 -> TlsVersion.SSL_3;
            case 0x0301 -> TlsVersion.TLS_1_0;
            case 0x0302 -> TlsVersion.TLS_1_1;
            case 0x0303 -> TlsVersion.TLS_1_2;
            default -> null;
        };
    }
}
