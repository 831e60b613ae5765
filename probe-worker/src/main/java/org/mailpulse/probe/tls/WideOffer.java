package org.mailpulse.probe.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
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

    private final String sni;
    private final long timeoutMillis;
    private final Consumer<LegacyFacts> answer;
    private final ServerFlight flight = new ServerFlight();
    private int bytesRead;
    private boolean told;
    private Future<?> clock;

    /**
     * @param sni host name to ask for; null for none
     * @param answer told once, on the event loop; null if the server chose nothing that was offered
     */
    public WideOffer(String sni, long timeoutMillis, Consumer<LegacyFacts> answer) {
        this.sni = sni;
        this.timeoutMillis = timeoutMillis;
        this.answer = answer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        clock = ctx.executor().schedule(() -> tell(ctx), timeoutMillis, TimeUnit.MILLISECONDS);
        ctx.writeAndFlush(WideHello.write(ctx.alloc(), sni));
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
        tell(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
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
        answer.accept(chosen(flight));
    }

    static LegacyFacts chosen(ServerFlight flight) {
        TlsVersion version = version(flight.version());
        WideSuite suite = WideSuite.of(flight.suite());
        if (version == null || suite == null || flight.alert() >= 0) {
            return null;
        }
        return new LegacyFacts(
                version, suite.name(), NamedGroups.name(flight.group()), suite.keyExchange(), flight.dhBits());
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
