package org.mailpulse.probe;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.mailpulse.probe.canary.CanaryProber;
import org.mailpulse.probe.canary.VantageWatch;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.pace.Gate;
import org.mailpulse.probe.pace.OptOutList;
import org.mailpulse.probe.pace.Pace;
import org.mailpulse.probe.pace.Rate;
import org.mailpulse.probe.policy.MtaSts;
import org.mailpulse.probe.policy.TlsRpt;
import org.mailpulse.probe.resolve.AdFlagDns;
import org.mailpulse.probe.resolve.DnsClient;
import org.mailpulse.probe.resolve.MailResolver;
import org.mailpulse.probe.resolve.NettyResolver;
import org.mailpulse.probe.resolve.PlainDns;
import org.mailpulse.probe.resolve.Servers;
import org.mailpulse.probe.resolve.TrustAnchors;
import org.mailpulse.probe.resolve.ValidatingDns;
import org.mailpulse.probe.smtp.SmtpProber;
import org.mailpulse.probe.tls.ChainReader;
import org.mailpulse.probe.tls.StrictTls;
import org.mailpulse.probe.tls.TlsClient;
import org.mailpulse.probe.tls.TrustStore;

/** The parts that a prober works with, wired together as its settings want it. */
final class Instruments implements AutoCloseable {
    private static final int MAX_DNS_IN_FLIGHT = 5_000;
    /** Few domains have a policy; but web servers are used to visitors, and some hold the policies of very many domains. */
    private static final int WEB_SERVER_FACTOR = 4;

    private static final int WEB_SERVER_GAP_DIVISOR = 20;

    private final ProbeSettings settings;
    private final OptOutList optOut;
    private final Consumer<String> notices;
    private final Transport transport;
    private final ExecutorService checks;
    private final TlsClient tls = new TlsClient();
    private final StrictTls strictTls;
    final NettyResolver dns;
    final DnsClient client;
    final MailResolver resolver;
    final HostDirectory hosts;
    private final Rate rate;
    final Gate gate;
    final EndpointProber endpoints;
    final MtaSts mtaSts;
    final TlsRpt tlsRpt;
    final Consent consent;
    final VantageWatch watch;

    /** @param anchors null where DNSSEC is the resolver's affair */
    Instruments(
            ProbeSettings settings,
            OptOutList optOut,
            TrustStore trust,
            TrustAnchors anchors,
            HandshakeSink sink,
            Consumer<String> notices)
            throws IOException {
        this.settings = settings;
        this.optOut = optOut;
        this.notices = notices;
        transport = Transport.open();
        List<InetSocketAddress> servers = settings.resolvers().isEmpty() ? Servers.ofSystem() : settings.resolvers();
        try {
            dns = new NettyResolver(
                    transport,
                    servers,
                    settings.timeouts().dnsTry(),
                    settings.timeouts().dnsTotal(),
                    MAX_DNS_IN_FLIGHT);
        } catch (IOException e) {
            transport.close();
            tls.close();
            throw e;
        }
        checks = Executors.newFixedThreadPool(
                Math.min(2, Runtime.getRuntime().availableProcessors()),
                new DefaultThreadFactory("mailpulse-checks", true));
        client = client(servers, anchors);
        resolver = new MailResolver(client);
        hosts = new HostDirectory(resolver);
        strictTls = new StrictTls(trust, checks);
        rate = settings.manners().newRate();
        gate = new Gate(settings.pace(), rate, transport.next());
        // neither MTA-STS (RFC 8461 §2) nor TLS-RPT nor a wish to be left alone rests on DNSSEC: validating for them
        // would only cost
        MailResolver plain = anchors == null ? resolver : new MailResolver(new PlainDns(dns));
        consent = new Consent(optOut, settings.manners().txtOptOut() ? plain : null);
        SmtpProber smtp = new SmtpProber(transport, settings.smtp(), tls);
        watch = watch(smtp);
        endpoints = new EndpointProber(
                settings,
                new PacedSmtp(smtp, gate),
                consent,
                watch,
                hosts,
                new ChainReader(trust, Clock.systemUTC(), checks),
                checks,
                sink);
        mtaSts = mtaSts(plain);
        tlsRpt = new TlsRpt(plain);
    }

    private DnsClient client(List<InetSocketAddress> servers, TrustAnchors anchors) {
        if (anchors != null) {
            return new ValidatingDns(dns, anchors, checks);
        }
        boolean told = settings.policies().trustAd();
        boolean near = servers.stream().allMatch(server -> server.getAddress().isLoopbackAddress());
        return told || near ? new AdFlagDns(dns, told) : new PlainDns(dns);
    }

    private VantageWatch watch(SmtpProber smtp) {
        Gate canaries = new Gate(settings.pace(), rate, transport.next());
        CanaryProber prober = new CanaryProber(resolver, smtp, canaries, settings::forbids, settings.confirmAfter());
        return new VantageWatch(
                settings.manners().canaries(),
                prober::look,
                settings.manners().canaryEvery(),
                new VantageWatch.Teller(settings.vantage(), settings.smtpPort(), notices),
                transport.next());
    }

    private MtaSts mtaSts(MailResolver plain) {
        return new MtaSts(
                plain,
                transport,
                strictTls,
                settings.policy(),
                new Gate(forWebServers(settings.pace()), rate, transport.next()),
                optOut);
    }

    private static Pace forWebServers(Pace pace) {
        return new Pace(
                Math.max(1, pace.total() / WEB_SERVER_FACTOR),
                pace.perAddress() * WEB_SERVER_FACTOR,
                pace.gap().dividedBy(WEB_SERVER_GAP_DIVISOR),
                pace.perNetwork() * WEB_SERVER_FACTOR,
                pace.networkGap().dividedBy(WEB_SERVER_GAP_DIVISOR));
    }

    /** Drops what is known of surveys with earlier names. */
    void forgetBefore(String survey) {
        endpoints.forgetBefore(survey);
        hosts.forgetBefore(survey);
        consent.forgetBefore(survey);
        mtaSts.forgetBefore(survey);
        client.forget();
    }

    /** What is still in flight ends as an internal error. */
    @Override
    public void close() {
        endpoints.close();
        dns.close();
        transport.close();
        checks.shutdownNow();
        tls.close();
        strictTls.close();
    }
}
