package org.mailpulse.probe.smtp;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.smtp.SmtpProbe.Manner;
import org.mailpulse.probe.tls.TlsClient;

/** Connects and lets an {@link SmtpProbe} talk. Asks at once: pace and permission are the caller's. */
public final class SmtpProber {
    private final Transport transport;
    private final SmtpSettings settings;
    private final TlsClient tls;

    public SmtpProber(Transport transport, SmtpSettings settings, TlsClient tls) {
        this.transport = transport;
        this.settings = settings;
        this.tls = tls;
    }

    /**
     * @param sni host name to ask for in TLS; null for none
     * @return completes within {@link SmtpSettings#whole} and never exceptionally, unless the event loops are gone
     */
    public CompletableFuture<SmtpFindings> probe(InetAddress address, String sni) {
        return connect(address, sni, Manner.HANDSHAKE);
    }

    /**
     * The same, but in place of a handshake only an old, wide offer is made, and the server's choice read.
     *
     * @return with {@link SmtpFindings#old} if it came to the offer
     */
    public CompletableFuture<SmtpFindings> offerWidely(InetAddress address, String sni) {
        return connect(address, sni, Manner.WIDE_OFFER);
    }

    /** The same, with an offer of nothing later than TLS 1.1. */
    public CompletableFuture<SmtpFindings> offerOutdated(InetAddress address, String sni) {
        return connect(address, sni, Manner.OUTDATED_OFFER);
    }

    private CompletableFuture<SmtpFindings> connect(InetAddress address, String sni, Manner manner) {
        EventLoop loop = transport.next();
        return CompletableFuture.supplyAsync(() -> connect(address, sni, manner, loop), loop)
                .thenCompose(result -> result);
    }

    private CompletableFuture<SmtpFindings> connect(InetAddress address, String sni, Manner manner, EventLoop loop) {
        SmtpProbe probe = new SmtpProbe(settings, manner, tls, sni, loop);
        transport.stream(loop)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connect().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(probe)
                .connect(new InetSocketAddress(address, settings.port()))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        probe.connectFailed(connected.cause());
                    }
                });
        return probe.result();
    }
}
