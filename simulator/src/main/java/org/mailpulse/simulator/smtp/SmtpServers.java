package org.mailpulse.simulator.smtp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.mailpulse.simulator.net.Loops;
import org.mailpulse.simulator.tls.Credentials;
import org.mailpulse.simulator.tls.TlsContexts;
import org.mailpulse.simulator.world.CertificatePlan;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.ServerKind;
import org.mailpulse.simulator.world.Servers;
import org.mailpulse.simulator.world.World;

/** All mail servers of the world, on one port of their loopback addresses. */
public final class SmtpServers implements AutoCloseable {
    /** RFC 5321 §4.5.3.1.4 allows 512 for a command; extensions raise it. */
    private static final int MAX_LINE_BYTES = 2_048;

    private static final int BACKLOG = 512;
    private static final int PORT_TRIES = 20;
    private static final int MAX_IDLE_SECONDS = 120;

    private final World world;
    private final IntSupplier survey;
    private final Duration greetDelay;
    private final TlsContexts contexts;
    private final Traffic traffic = new Traffic();
    private final List<Channel> listeners = new ArrayList<>();

    private SmtpServers(World world, IntSupplier survey, Credentials credentials, Duration greetDelay) {
        this.world = world;
        this.survey = survey;
        this.greetDelay = greetDelay;
        this.contexts = new TlsContexts(credentials);
    }

    /**
     * @param survey the current one
     * @param port 0 for one that is free at all addresses
     * @param greetDelay how late those greet that greet late
     * @throws IOException if the port is taken at one of the addresses
     */
    public static SmtpServers start(
            World world, IntSupplier survey, Credentials credentials, Loops loops, int port, Duration greetDelay)
            throws IOException {
        return Loops.bindWithRetry("SMTP", port, PORT_TRIES, wanted -> {
            SmtpServers servers = new SmtpServers(world, survey, credentials, greetDelay);
            try {
                servers.bind(loops, wanted);
                return servers;
            } catch (Exception e) {
                servers.close();
                throw e;
            }
        });
    }

    public int port() {
        return ((InetSocketAddress) listeners.get(0).localAddress()).getPort();
    }

    public Traffic traffic() {
        return traffic;
    }

    @Override
    public void close() {
        List<ChannelFuture> closing = listeners.stream().map(Channel::close).toList();
        closing.forEach(ChannelFuture::syncUninterruptibly);
        contexts.close();
    }

    private void bind(Loops loops, int wanted) throws Exception {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.workers())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        int port = wanted;
        List<ChannelFuture> binding = new ArrayList<>();
        for (int slot = 0; slot < world.servers().count(); slot++) {
            if (world.servers().kind(slot, 0) == ServerKind.CLOSED_PORT) {
                continue;
            }
            ChannelFuture bound =
                    bootstrap.bind(new InetSocketAddress(InetAddress.getByAddress(Servers.address(slot)), port));
            if (port == 0) {
                port = ((InetSocketAddress) bound.sync().channel().localAddress()).getPort();
            }
            binding.add(bound);
        }
        if (world.settings().ipv6()) {
            binding.add(bootstrap.bind(new InetSocketAddress("::1", port)));
        }
        binding.forEach(bound -> listeners.add(bound.channel()));
        for (ChannelFuture bound : binding) {
            bound.sync();
        }
    }

    private void accept(Channel channel) {
        traffic.connections.increment();
        byte[] local = ((InetSocketAddress) channel.localAddress()).getAddress().getAddress();
        int slot = world.servers().slotOf(local);
        ServerKind kind = slot < 0 ? Servers.IPV6_KIND : world.servers().kind(slot, survey.getAsInt());
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new ReadTimeoutHandler(MAX_IDLE_SECONDS));
        switch (kind) {
            case CLOSES_AT_ONCE -> channel.close();
            case SILENT -> pipeline.addLast(new Silent());
            case TARPIT -> pipeline.addLast(new Tarpit());
            case ENDLESS_BANNER -> pipeline.addLast(new EndlessBanner());
            case GARBAGE -> pipeline.addLast(new Garbage());
            default ->
                pipeline.addLast(
                        new LineBasedFrameDecoder(MAX_LINE_BYTES),
                        new Conversation(new Conversation.Setting(
                                kind,
                                slot < 0
                                        ? "node-v6.machines.example"
                                        : world.servers().name(slot),
                                greetDelay,
                                contexts,
                                this::certificate,
                                traffic,
                                this::isStripped)));
        }
    }

    /** A DANE client names the end of an alias, others its beginning (RFC 7672 §8.1). */
    private Optional<CertificatePlan> certificate(String sni) {
        String mxHost = sni.startsWith(HostPlan.REAL) ? sni.substring(HostPlan.REAL.length()) : sni;
        return world.host(mxHost, survey.getAsInt()).map(HostPlan::certificate);
    }

    private boolean isStripped(String ehloName) {
        String tld = ehloName.substring(ehloName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return world.isStripped(tld, survey.getAsInt());
    }
}
