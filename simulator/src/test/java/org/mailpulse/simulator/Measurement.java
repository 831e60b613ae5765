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
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * How much the simulator does with a second of one core: DNS answers over UDP, without and with signatures, and whole
 * probes with a handshake, once of MX hosts that share certificates and once of MX hosts that have one each; and how much
 * memory it takes, over all surveys. The simulator is a process of its own, and its CPU is that of the whole process: garbage collection and
 * compilation count.
 *
 * <p>Arguments: seconds for each part (default 5), domains (default 1,000,000), surveys (default 12).
 */
public final class Measurement {
    /** Until the compiler is done with what matters. */
    private static final int WARM_UP_SECONDS = 10;

    private static final int DNS_IN_FLIGHT = 256;
    private static final int PROBES_IN_FLIGHT = 64;
    private static final int[] MAIL_TYPES = {Type.MX, Type.A, Type.AAAA};
    private static final int[] ENFORCEMENT_TYPES = {Type.MX, Type.A, Type.AAAA, Type.TLSA, Type.TXT};

    private Measurement() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int domains = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        int surveys = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 12;
        EventLoopGroup clients = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try (RemoteSimulator simulator = RemoteSimulator.start(domains, surveys)) {
            System.out.println("memory after the start: " + simulator.residentMegabytes() + " MB");
            dns(simulator, clients, WARM_UP_SECONDS, false, "warm-up");
            dns(simulator, clients, seconds, false, "DNS answers");
            dns(simulator, clients, WARM_UP_SECONDS, true, "warm-up");
            dns(simulator, clients, seconds, true, "DNS answers, signed");
            probes(simulator, clients, WARM_UP_SECONDS, "vastibule.example", "warm-up");
            probes(simulator, clients, seconds, "vastibule.example", "probes, shared certificate");
            probes(simulator, clients, seconds, "", "probes, a certificate each");
            for (int survey = 0; survey < surveys; survey++) {
                simulator.setSurvey(survey);
                dns(simulator, clients, 1, true, "survey " + survey);
                probes(simulator, clients, 1, "", "survey " + survey);
            }
            simulator.writeTruth(surveys - 1);
            System.out.println("memory at the end: " + simulator.residentMegabytes() + " MB, at most "
                    + simulator.peakMegabytes() + " MB");
        } finally {
            clients.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static void dns(RemoteSimulator simulator, EventLoopGroup clients, int seconds, boolean signed, String what)
            throws Exception {
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
                        ctx.write(query(world, next.getAndIncrement(), signed, simulator.dnsAddress()));
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
            channel.write(query(world, next.getAndIncrement(), signed, simulator.dnsAddress()));
        }
        channel.flush();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
            channel.writeAndFlush(
                    query(world, next.getAndIncrement(), signed, simulator.dnsAddress())); // for those dropped
        }
        rate.print(what);
        channel.close().sync();
    }

    /** The mix of a survey: the domain's MX, the host's A and AAAA; with signatures also TLSA and the record of MTA-STS. */
    private static DatagramPacket query(World world, long number, boolean signed, InetSocketAddress server) {
        int[] types = signed ? ENFORCEMENT_TYPES : MAIL_TYPES;
        int index = (int) (number / types.length * 7_919 % world.settings().domains());
        String name = world.domain(index).name();
        int type = types[(int) (number % types.length)];
        String prefix = switch (type) {
            case Type.MX -> "";
            case Type.TLSA -> "_25._tcp.mail.";
            case Type.TXT -> "_mta-sts.";
            default -> "mail.";
        };
        Message query =
                Message.newQuery(Record.newRecord(Name.fromConstantString(prefix + name + "."), type, DClass.IN));
        if (signed) {
            query.addRecord(new OPTRecord(1_232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        }
        return new DatagramPacket(Unpooled.wrappedBuffer(query.toWire()), server);
    }

    private static void probes(
            RemoteSimulator simulator, EventLoopGroup clients, int seconds, String hoster, String what)
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

    private record Rate(RemoteSimulator simulator, AtomicLong count, long before, Duration cpu, long nanos) {
        static Rate start(RemoteSimulator simulator, AtomicLong count) throws IOException {
            return new Rate(simulator, count, count.get(), simulator.cpuTime(), System.nanoTime());
        }

        void print(String what) throws IOException {
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
            RemoteSimulator simulator,
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
