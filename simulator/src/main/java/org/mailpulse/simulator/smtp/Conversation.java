package org.mailpulse.simulator.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mailpulse.simulator.tls.TlsContexts;
import org.mailpulse.simulator.world.CertificatePlan;
import org.mailpulse.simulator.world.ServerKind;

/**
 * The server's side of RFC 5321 as far as a prober goes, with the deviations that are a matter of one reply.
 *
 * <pre>
 * connect ─ 220 ─▶ EHLO ─ 250 ─▶ STARTTLS ─ 220 ─▶ handshake ─▶ EHLO ─ 250 ─▶ QUIT ─ 221 ─▶ closed
 *         └ 421, 554 ─▶ closed   └ 454, 554
 * </pre>
 *
 * Expects lines without their end.
 */
final class Conversation extends SimpleChannelInboundHandler<ByteBuf> {
    /** How many commands a client may waste before it is shown the door. */
    private static final int MAX_COMMANDS = 20;

    /** What the conversation needs to know about where it takes place. */
    record Setting(
            ServerKind kind,
            String serverName,
            Duration greetDelay,
            TlsContexts contexts,
            Function<String, Optional<CertificatePlan>> certificates,
            Traffic traffic,
            Predicate<String> strippedFor) {}

    private final Setting setting;
    private boolean greeted;
    private boolean stripped;
    private boolean secured;
    private int commands;

    Conversation(Setting setting) {
        this.setting = setting;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        switch (setting.kind()) {
            case GREETS_LATE ->
                ctx.executor().schedule(() -> greet(ctx), setting.greetDelay().toMillis(), TimeUnit.MILLISECONDS);
            case GREETS_421 -> end(ctx, "421 4.3.2 " + setting.serverName() + " Too busy, come again later");
            case GREETS_554 -> end(ctx, "554 5.7.1 " + setting.serverName() + " No service for you");
            default -> greet(ctx);
        }
    }

    private void greet(ChannelHandlerContext ctx) {
        greeted = true;
        reply(ctx, "220 " + setting.serverName() + " ESMTP Lantern");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf line) {
        if (!greeted) {
            setting.traffic().earlyTalkers.increment();
        }
        if (++commands > MAX_COMMANDS) {
            end(ctx, "421 4.7.0 Too many commands");
            return;
        }
        String command = line.toString(StandardCharsets.US_ASCII).trim();
        int space = command.indexOf(' ');
        String verb = (space < 0 ? command : command.substring(0, space)).toUpperCase(Locale.ROOT);
        String argument = space < 0 ? "" : command.substring(space + 1).trim();
        switch (verb) {
            case "EHLO" -> ehlo(ctx, argument);
            case "HELO" -> helo(ctx);
            case "STARTTLS" -> startTls(ctx);
            case "NOOP", "RSET" -> reply(ctx, "250 2.0.0 Ok");
            case "QUIT" -> end(ctx, "221 2.0.0 Bye");
            case "MAIL", "RCPT", "DATA" -> {
                setting.traffic().mailCommands.increment();
                reply(ctx, "550 5.7.1 This is a simulation");
            }
            default -> reply(ctx, "500 5.5.1 Command unrecognized");
        }
    }

    private void ehlo(ChannelHandlerContext ctx, String client) {
        if (client.isEmpty()) {
            reply(ctx, "501 5.5.4 EHLO needs a name");
            return;
        }
        switch (setting.kind()) {
            case HELO_ONLY -> reply(ctx, "502 5.5.1 Command not implemented");
            case GREYLISTS -> reply(ctx, "450 4.7.1 Greylisted, come again in a while");
            default -> {
                stripped = setting.strippedFor().test(client);
                reply(ctx, capabilities(client));
            }
        }
    }

    private String capabilities(String client) {
        StringBuilder list = new StringBuilder("250-").append(setting.serverName());
        list.append(" greets ").append(client).append("\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n");
        if (!secured && setting.kind() == ServerKind.MASKS_KEYWORD) {
            list.append("250-XXXXXXXX\r\n");
        } else if (!secured && setting.kind().offersStartTls()) {
            list.append(stripped ? "250-XXXXXXXX\r\n" : "250-STARTTLS\r\n");
        }
        return list.append("250-ENHANCEDSTATUSCODES\r\n250 8BITMIME").toString();
    }

    private void helo(ChannelHandlerContext ctx) {
        boolean greylists = setting.kind() == ServerKind.GREYLISTS;
        reply(ctx, greylists ? "450 4.7.1 Greylisted, come again in a while" : "250 " + setting.serverName());
    }

    private void startTls(ChannelHandlerContext ctx) {
        if (secured || stripped || !setting.kind().offersStartTls()) {
            reply(ctx, "500 5.5.1 Command unrecognized");
            return;
        }
        switch (setting.kind()) {
            case ANSWERS_STARTTLS_454 -> reply(ctx, "454 4.7.0 TLS not available due to a temporary reason");
            case ANSWERS_STARTTLS_554 -> reply(ctx, "554 5.7.0 TLS is switched off");
            default -> secure(ctx);
        }
    }

    /** The reply leaves before the TLS handler is in its way. */
    private void secure(ChannelHandlerContext ctx) {
        boolean injects = setting.kind() == ServerKind.INJECTS_PLAINTEXT;
        reply(ctx, "220 2.0.0 Ready to start TLS" + (injects ? "\r\n250 2.1.0 This was never asked for" : ""));
        switch (setting.kind()) {
            case HANDSHAKE_ALERT, HANDSHAKE_HANGS, HANDSHAKE_GARBAGE, HANDSHAKE_CLOSES ->
                ctx.pipeline().addFirst(new HandshakeSpoiler(setting.kind()));
            default ->
                ctx.pipeline()
                        .addFirst(new HostNameHandler(setting.kind(), setting.contexts(), setting.certificates()));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            if (completion.isSuccess()) {
                secured = true;
                setting.traffic().handshakes.increment();
            } else {
                ctx.close();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // the peer went away or spoke nonsense; both are everyday life for a mail server
    }

    private static void reply(ChannelHandlerContext ctx, String text) {
        ctx.writeAndFlush(Unpooled.copiedBuffer(text + "\r\n", StandardCharsets.US_ASCII));
    }

    private static void end(ChannelHandlerContext ctx, String text) {
        ctx.writeAndFlush(Unpooled.copiedBuffer(text + "\r\n", StandardCharsets.US_ASCII))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
