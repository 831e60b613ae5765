package org.mailpulse.probe.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.Timings;
import org.mailpulse.model.observation.TlsAlert;
import org.mailpulse.probe.pace.AddressRules;
import org.mailpulse.probe.tls.HandshakeTap;
import org.mailpulse.probe.tls.OldAnswer;
import org.mailpulse.probe.tls.TlsClient;
import org.mailpulse.probe.tls.TlsClient.Secured;
import org.mailpulse.probe.tls.WideOffer;

/**
 * One connection: carries a {@link Dialogue} over the wire and keeps its clocks. Everything happens on the channel's
 * event loop; the result is delivered when the connection is closed.
 */
final class SmtpProbe extends ChannelInboundHandlerAdapter {
    /** A courtesy: the outcome stands already. */
    private static final Duration QUIT_PATIENCE = Duration.ofSeconds(2);

    private final SmtpSettings settings;
    private final Manner manner;
    private final TlsClient tls;
    private final String sni;
    private final EventLoop loop;
    private final Dialogue dialogue;
    private final ReplyParser parser = new ReplyParser();
    private final CompletableFuture<SmtpFindings> result = new CompletableFuture<>();

    private final Instant at = Instant.now();
    private final long start = System.nanoTime();
    private int connected = -1;
    private int greeted = -1;
    private int capabilities = -1;
    private int secured = -1;

    private Channel channel;
    private HandshakeTap tap;
    private Secured secrets;
    private TlsAlert alert;
    private OldAnswer old;
    private boolean injected;
    private boolean ended;
    private Future<?> phaseClock;
    private final Future<?> wholeClock;

    /** What follows the server's consent to STARTTLS. */
    enum Manner {
        HANDSHAKE,
        /** {@link WideOffer#wide} in its place. */
        WIDE_OFFER,
        /** {@link WideOffer#outdated} in its place. */
        OUTDATED_OFFER
    }

    /** @param sni host name to ask for in TLS; null for none */
    SmtpProbe(SmtpSettings settings, Manner manner, TlsClient tls, String sni, EventLoop loop) {
        this.settings = settings;
        this.manner = manner;
        this.tls = tls;
        this.sni = sni;
        this.loop = loop;
        this.dialogue = new Dialogue(settings.ehloName());
        this.wholeClock = after(settings.whole(), () -> take(dialogue.overdue()));
    }

    CompletableFuture<SmtpFindings> result() {
        return result;
    }

    void connectFailed(Throwable cause) {
        if (dialogue.phase() != Phase.CONNECT) {
            return;
        }
        if (ConnectFailures.isReset(cause)) {
            dialogue.connected();
            take(dialogue.closed(true));
        } else {
            take(dialogue.connectFailed(
                    ConnectFailures.reason(cause), Texts.brief(String.valueOf(cause.getMessage()))));
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        connected = elapsed();
        if (ended) {
            channel.close();
            return;
        }
        InetAddress peer = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        if (!settings.allowPrivate() && AddressRules.isBlocked(peer)) {
            take(dialogue.forbidden());
            return;
        }
        dialogue.connected();
        startPhaseClock(settings.greeting());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (bytes.isReadable() && !ended) {
                SmtpReply reply = parser.read(bytes);
                if (reply == null) {
                    return;
                }
                note(reply);
                Dialogue.Step step = dialogue.replied(reply);
                if (step.kind() == Dialogue.Step.Kind.SECURE) {
                    injected = bytes.isReadable(); // it came before the handshake, so it must not get into it
                    secure();
                    return;
                }
                take(step);
            }
        } catch (MalformedReplyException e) {
            take(dialogue.malformed(e.getMessage()));
        } finally {
            bytes.release();
        }
    }

    private void note(SmtpReply reply) {
        if (dialogue.phase() == Phase.GREETING) {
            greeted = elapsed();
        } else if (dialogue.phase() == Phase.EHLO && reply.code() == 250) {
            capabilities = elapsed();
        }
    }

    private void take(Dialogue.Step step) {
        if (ended) {
            return;
        }
        switch (step.kind()) {
            case SEND -> say(step.command(), settings.reply());
            case QUIT -> say(step.command(), QUIT_PATIENCE);
            case SECURE -> secure();
            case CLOSE -> end();
        }
    }

    private void say(String command, Duration patience) {
        channel.writeAndFlush(ByteBufUtil.writeAscii(channel.alloc(), command + "\r\n"));
        startPhaseClock(patience);
    }

    private void secure() {
        stop(phaseClock);
        long patience = settings.handshake().toMillis();
        switch (manner) {
            case HANDSHAKE -> shakeHands(patience);
            case WIDE_OFFER -> channel.pipeline().addFirst(WideOffer.wide(sni, patience, this::answered));
            case OUTDATED_OFFER -> channel.pipeline().addFirst(WideOffer.outdated(sni, patience, this::answered));
        }
    }

    private void answered(OldAnswer answer) {
        old = answer;
        take(dialogue.handshakeFailed(Reason.HANDSHAKE_FAILED, "only the server's choice was read"));
    }

    private void shakeHands(long patience) {
        tap = new HandshakeTap();
        SslHandler handler = tls.handler(channel.alloc(), sni, settings.port(), patience);
        channel.pipeline().addFirst(tap, handler);
        handler.handshakeFuture().addListener(done -> {
            if (ended) {
                return;
            }
            if (done.isSuccess()) {
                secured = elapsed();
                secrets = TlsClient.secured(handler.engine(), tap);
                take(dialogue.secured());
            } else {
                HandshakeFailures failure = HandshakeFailures.of(done.cause(), tap);
                alert = failure.alert();
                take(dialogue.handshakeFailed(failure.reason(), failure.detail()));
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (dialogue.phase() != Phase.HANDSHAKE) { // there the handshake's own future tells it better
            take(dialogue.closed(false));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (dialogue.phase() == Phase.HANDSHAKE) {
            return;
        }
        if (cause instanceof IOException || dialogue.phase().isDecided()) {
            take(dialogue.closed(true));
        } else {
            take(dialogue.broken(Texts.brief(cause.toString())));
        }
    }

    private void end() {
        ended = true;
        stop(phaseClock);
        stop(wholeClock);
        if (channel != null && channel.isOpen()) {
            channel.close().addListener(closed -> deliver());
        } else {
            deliver();
        }
    }

    private void deliver() {
        result.complete(new SmtpFindings(
                at,
                dialogue.outcome(),
                dialogue.reason(),
                dialogue.detail(),
                dialogue.banner(),
                dialogue.serverName(),
                dialogue.capabilities(),
                dialogue.capabilitiesInTls(),
                injected || (tap != null && tap.hasSeenText()),
                secrets,
                new Timings(connected, greeted, capabilities, secured, elapsed()),
                alert,
                old));
    }

    private void startPhaseClock(Duration patience) {
        stop(phaseClock);
        phaseClock = after(patience, () -> take(dialogue.late()));
    }

    private Future<?> after(Duration patience, Runnable action) {
        return loop.schedule(action, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void stop(Future<?> clock) {
        if (clock != null) {
            clock.cancel(false);
        }
    }

    private int elapsed() {
        return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
