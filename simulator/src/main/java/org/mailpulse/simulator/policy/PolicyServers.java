package org.mailpulse.simulator.policy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.mailpulse.simulator.net.Loops;
import org.mailpulse.simulator.tls.Credentials;
import org.mailpulse.simulator.tls.TlsContexts;
import org.mailpulse.simulator.world.World;

/** HTTPS of all policy hosts, on one port of {@link PolicyAddresses}. */
public final class PolicyServers implements AutoCloseable {
    private static final int PORT_TRIES = 20;
    private static final int MAX_IDLE_SECONDS = 30;
    private static final int MAX_REQUEST_BYTES = 1_024;
    private static final int BACKLOG = 512;

    private final Policies policies;
    private final IntSupplier survey;
    private final TlsContexts contexts;
    private final List<Channel> listeners = new ArrayList<>();

    private PolicyServers(World world, IntSupplier survey, Credentials credentials) {
        this.policies = new Policies(world);
        this.survey = survey;
        this.contexts = new TlsContexts(credentials);
    }

    /**
     * @param survey the current one
     * @param port 0 for one that is free at all addresses
     * @throws IOException if the port is taken at one of the addresses
     */
    public static PolicyServers start(World world, IntSupplier survey, Credentials credentials, Loops loops, int port)
            throws IOException {
        return Loops.bindWithRetry("HTTPS", port, PORT_TRIES, wanted -> {
            PolicyServers servers = new PolicyServers(world, survey, credentials);
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
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new ReadTimeoutHandler(MAX_IDLE_SECONDS),
                                        new PolicyHostHandler(contexts, PolicyServers.this::site),
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(MAX_REQUEST_BYTES),
                                        new PolicyHandler(PolicyServers.this::site));
                    }
                });
        int port = wanted;
        for (int i = 0; i < PolicyAddresses.COUNT; i++) {
            InetAddress address = InetAddress.getByAddress(PolicyAddresses.of(i));
            listeners.add(
                    bootstrap.bind(new InetSocketAddress(address, port)).sync().channel());
            port = port();
        }
    }

    private Policies.Site site(String host) {
        return policies.site(host.toLowerCase(Locale.ROOT), survey.getAsInt());
    }
}
