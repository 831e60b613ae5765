package org.mailpulse.simulator;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.ServerKind;
import org.mailpulse.simulator.world.Servers;
import org.mailpulse.simulator.world.World;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * How much the simulator does with a second of one core: DNS answers over UDP, and whole probes with a handshake, once of
 * MX hosts that share certificates and once of MX hosts that have one each. Client and server share this process, the
 * CPU counted is the server's threads' alone.
 *
 * <p>Arguments: seconds for each part (default 5), domains (default 1,000,000).
 */
public final class Measurement {
    private static final int DNS_IN_FLIGHT = 256;
    private static final int PROBES_IN_FLIGHT = 64;

    private Measurement() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int domains = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        EventLoopGroup clients = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        SimulatorSettings settings = SimulatorSettings.defaults().withDomains(domains);
        try (Simulator simulator = Simulator.start(settings)) {
            dns(simulator, clients, 2, "warm-up");
            dns(simulator, clients, seconds, "DNS answers");
            probes(simulator, clients, 2, "vastibule.example", "warm-up");
            probes(simulator, clients, seconds, "vastibule.example", "probes, shared certificate");
            probes(simulator, clients, seconds, "", "probes, a certificate each");
            System.out.println("resident memory of client and server: " + residentMegabytes() + " MB");
        } finally {
            clients.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static void dns(Simulator simulator, EventLoopGroup clients, int seconds, String what) throws Exception {
        World world = simulator.world();
        AtomicLong next = new AtomicLong();
        AtomicLong answers = new AtomicLong();
        Channel channel = new Bootstrap()
                .group(clients)
                .channel(EpollDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket answer) {
                        answers.incrementAndGet();
                        ctx.write(query(world, next.getAndIncrement(), simulator.dnsAddress()));
                    }

                    @Override
                    public void channelReadComplete(ChannelHandlerContext ctx) {
                        ctx.flush();
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        Rate rate = Rate.start(simulator, answers);
        for (int i = 0; i < DNS_IN_FLIGHT; i++) {
            channel.write(query(world, next.getAndIncrement(), simulator.dnsAddress()));
        }
        channel.flush();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
            channel.writeAndFlush(query(world, next.getAndIncrement(), simulator.dnsAddress())); // for those dropped
        }
        rate.print(what);
        channel.close().sync();
    }

    /** The mix of a survey: the domain's MX, the host's A and AAAA. */
    private static DatagramPacket query(World world, long number, InetSocketAddress server) {
        int index = (int) (number / 3 * 7_919 % world.settings().domains());
        String name = world.domain(index).name();
        int type = number % 3 == 0 ? Type.MX : number % 3 == 1 ? Type.A : Type.AAAA;
        String asked = type == Type.MX ? name : "mail." + name;
        Record question = Record.newRecord(Name.fromConstantString(asked + "."), type, DClass.IN);
        return new DatagramPacket(
                Unpooled.wrappedBuffer(Message.newQuery(question).toWire()), server);
    }

    private static void probes(Simulator simulator, EventLoopGroup clients, int seconds, String hoster, String what)
            throws Exception {
        SslContext tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm("")
                .build();
        AtomicLong next = new AtomicLong();
        AtomicLong done = new AtomicLong();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        CountDownLatch ended = new CountDownLatch(PROBES_IN_FLIGHT);
        Rate rate = Rate.start(simulator, done);
        for (int i = 0; i < PROBES_IN_FLIGHT; i++) {
            new Prober(simulator, clients, tls, hoster, next, done, end, ended).probe();
        }
        ended.await();
        rate.print(what);
    }

    private static long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }

    private record Rate(Simulator simulator, AtomicLong count, long before, Duration cpu, long nanos) {
        static Rate start(Simulator simulator, AtomicLong count) {
            return new Rate(simulator, count, count.get(), simulator.cpuTime(), System.nanoTime());
        }

        void print(String what) {
            double wall = (System.nanoTime() - nanos) / 1e9;
            double used = simulator.cpuTime().minus(cpu).toNanos() / 1e9;
            long events = count.get() - before;
            System.out.printf(
                    "%-28s %,9d in %.1f s: %,8.0f/s, server CPU %.2f s: %,8.0f per core and second%n",
                    what, events, wall, events / wall, used, events / used);
        }
    }

    /** One probe after the other, each of another MX host. */
    private record Prober(
            Simulator simulator,
            EventLoopGroup clients,
            SslContext tls,
            String hoster,
            AtomicLong next,
            AtomicLong done,
            long end,
            CountDownLatch ended) {

        void probe() {
            if (System.nanoTime() >= end) {
                ended.countDown();
                return;
            }
            HostPlan host = nextHost();
            new Bootstrap()
                    .group(clients)
                    .channel(EpollSocketChannel.class)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new LineBasedFrameDecoder(1_000), new Client(tls, host.name(), done));
                        }
                    })
                    .connect(new InetSocketAddress(address(host), simulator.smtpPort()))
                    .channel()
                    .closeFuture()
                    .addListener(closed -> probe());
        }

        private HostPlan nextHost() {
            World world = simulator.world();
            while (true) {
                int index =
                        (int) (next.getAndIncrement() * 7_919 % world.settings().domains());
                MailPlan plan = world.plan(index, 0);
                if (plan.mx().isEmpty() || !world.hoster(index, 0).equals(hoster)) {
                    continue;
                }
                Mx mx = plan.mx().get(0);
                HostPlan host = world.host(mx.host(), 0).orElseThrow();
                if (host.certificate() == null || host.certificate().rsa()) {
                    continue;
                }
                ServerKind kind = world.servers().kind(host.slots().get(0), 0);
                if (kind == ServerKind.TLS13 || kind == ServerKind.TLS13_HYBRID) {
                    return host;
                }
            }
        }

        private static InetAddress address(HostPlan host) {
            try {
                return InetAddress.getByAddress(Servers.address(host.slots().get(0)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Client extends SimpleChannelInboundHandler<ByteBuf> {
        private final SslContext tls;
        private final String host;
        private final AtomicLong done;
        private String command = "";

        Client(SslContext tls, String host, AtomicLong done) {
            this.tls = tls;
            this.host = host;
            this.done = done;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf line) {
            String text = line.toString(StandardCharsets.US_ASCII);
            if (text.length() > 3 && text.charAt(3) == '-') {
                return;
            }
            switch (command) {
                case "" -> send(ctx, "EHLO probe.example");
                case "EHLO probe.example" -> send(ctx, secured(ctx) ? "QUIT" : "STARTTLS");
                case "STARTTLS" -> ctx.pipeline().addFirst(new SslHandler(tls.newEngine(ctx.alloc(), host, 25)));
                default -> {
                    done.incrementAndGet();
                    ctx.close();
                }
            }
        }

        private static boolean secured(ChannelHandlerContext ctx) {
            return ctx.pipeline().get(SslHandler.class) != null;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent) {
                send(ctx, "EHLO probe.example");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            System.err.println(host + ": " + cause);
            ctx.close();
        }

        private void send(ChannelHandlerContext ctx, String next) {
            command = next;
            ctx.writeAndFlush(Unpooled.copiedBuffer(next + "\r\n", StandardCharsets.US_ASCII));
        }
    }
}
