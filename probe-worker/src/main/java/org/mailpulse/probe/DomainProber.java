package org.mailpulse.probe;

import com.google.common.net.InetAddresses;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.model.survey.Target;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.pace.Gate;
import org.mailpulse.probe.pace.OptOutList;
import org.mailpulse.probe.policy.MtaSts;
import org.mailpulse.probe.resolve.AdFlagDns;
import org.mailpulse.probe.resolve.DnsClient;
import org.mailpulse.probe.resolve.HostAddresses;
import org.mailpulse.probe.resolve.MailResolver;
import org.mailpulse.probe.resolve.MailRoute;
import org.mailpulse.probe.resolve.MailRoute.MxHost;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Domain → observation: asks DNS where the mail goes and each mail server how it is protected. Asynchronous from end to
 * end; thread-safe. How many targets are in flight is the caller's choice, how many connections are open is not.
 */
public final class DomainProber implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DomainProber.class);
    private static final int MAX_DNS_IN_FLIGHT = 5_000;
    /** Few domains have a policy; but web servers are used to visitors, and some hold the policies of very many domains. */
    private static final int WEB_SERVER_FACTOR = 4;

    private static final int WEB_SERVER_GAP_DIVISOR = 20;

    private final ProbeSettings settings;
    private final Transport transport;
    private final NettyResolver dns;
    private final DnsClient client;
    private final MailResolver resolver;
    private final HostDirectory hosts;
    private final MtaSts mtaSts;
    private final TlsClient tls;
    private final StrictTls strictTls;
    private final Gate gate;
    private final OptOutList optOut;
    private final TrustStore trust;
    private final ExecutorService checks;
    private final EndpointProber endpoints;
    private final AtomicReference<String> newestSurvey = new AtomicReference<>("");
    private final LongAdder observed = new LongAdder();

    /** @param anchors null where DNSSEC is the resolver's affair */
    private DomainProber(
            ProbeSettings settings, OptOutList optOut, TrustStore trust, TrustAnchors anchors, HandshakeSink sink)
            throws IOException {
        this.settings = settings;
        this.optOut = optOut;
        this.trust = trust;
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
            throw e;
        }
        checks = Executors.newFixedThreadPool(
                Math.min(2, Runtime.getRuntime().availableProcessors()),
                new DefaultThreadFactory("mailpulse-checks", true));
        client = client(servers, anchors);
        resolver = new MailResolver(client);
        hosts = new HostDirectory(resolver);
        tls = new TlsClient();
        strictTls = new StrictTls(trust, checks);
        gate = new Gate(settings.concurrency(), settings.perAddress(), settings.gap(), transport.next());
        endpoints = new EndpointProber(
                settings,
                new SmtpProber(transport, settings.smtp(), tls),
                gate,
                optOut,
                hosts,
                new ChainReader(trust, Clock.systemUTC(), checks),
                checks,
                sink);
        mtaSts = mtaSts(anchors != null);
    }

    private DnsClient client(List<InetSocketAddress> servers, TrustAnchors anchors) {
        if (anchors != null) {
            return new ValidatingDns(dns, anchors, checks);
        }
        boolean told = settings.policies().trustAd();
        boolean near = servers.stream().allMatch(server -> server.getAddress().isLoopbackAddress());
        return told || near ? new AdFlagDns(dns, told) : new PlainDns(dns);
    }

    /** MTA-STS does not rest on DNSSEC (RFC 8461 §10.2): validating for it would only cost. */
    private MtaSts mtaSts(boolean validating) {
        Gate webServers = new Gate(
                Math.max(1, settings.concurrency() / WEB_SERVER_FACTOR),
                settings.perAddress() * WEB_SERVER_FACTOR,
                settings.gap().dividedBy(WEB_SERVER_GAP_DIVISOR),
                transport.next());
        return new MtaSts(
                validating ? new MailResolver(new PlainDns(dns)) : resolver,
                transport,
                strictTls,
                settings.policy(),
                webServers,
                optOut);
    }

    /** @throws IOException with one clear line if a file that the settings name or the resolver cannot be used */
    public static DomainProber open(ProbeSettings settings, HandshakeSink sink) throws IOException {
        OptOutList optOut = settings.optOut() == null ? OptOutList.EMPTY : OptOutList.load(settings.optOut());
        Path anchor = settings.policies().trustAnchor();
        TrustAnchors anchors = anchor == null ? null : TrustAnchors.load(anchor);
        return new DomainProber(settings, optOut, TrustStore.load(settings.trustStore()), anchors, sink);
    }

    /** Names the roots that chains are judged against; to be kept with the survey. */
    public String trustStoreVersion() {
        return trust.version();
    }

    public ProberStats stats() {
        return new ProberStats(
                observed.sum(),
                endpoints.endpoints(),
                endpoints.connections(),
                gate.inside(),
                gate.waiting(),
                dns.inFlight());
    }

    /**
     * A target of a survey with a later name than all before makes the prober forget what it knows of those.
     *
     * @return never completes exceptionally: what fails is on record as a fact
     */
    public CompletableFuture<Observation> observe(Target target) {
        forgetOlderThan(target.survey());
        CompletableFuture<Observation> found;
        try {
            found = resolver.route(target.domain()).thenCompose(route -> follow(target, route));
        } catch (RuntimeException e) {
            found = CompletableFuture.failedFuture(e);
        }
        return found.exceptionally(failure -> {
                    LOG.warn("observation of {} broke", target.domain(), failure);
                    return observation(
                            target,
                            MailRoute.error(Reason.INTERNAL_ERROR.name(), DnssecState.NOT_MEASURED),
                            List.of(),
                            MtaStsFinding.NOT_MEASURED);
                })
                .whenComplete((observation, failure) -> observed.increment());
    }

    private void forgetOlderThan(String survey) {
        String before = newestSurvey.getAndAccumulate(survey, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        if (before.compareTo(survey) < 0) {
            endpoints.forgetBefore(survey);
            hosts.forgetBefore(survey);
            mtaSts.forgetBefore(survey);
            client.forget();
        }
    }

    private CompletableFuture<Observation> follow(Target target, MailRoute route) {
        List<CompletableFuture<MxHostObservation>> asked =
                route.hosts().stream().map(host -> observe(target, host)).toList();
        CompletableFuture<MtaStsFinding> policy = route.hosts().isEmpty()
                ? CompletableFuture.completedFuture(MtaStsFinding.NOT_MEASURED)
                : mtaSts.find(target.survey(), target.domain());
        return all(asked).thenCombine(policy, (found, finding) -> observation(target, route, found, finding));
    }

    private Observation observation(
            Target target, MailRoute route, List<MxHostObservation> found, MtaStsFinding policy) {
        return Observation.of(
                target,
                settings.vantage(),
                Clock.systemUTC().instant(),
                route.dns(),
                route.detail(),
                route.dnssec(),
                found,
                policy);
    }

    private CompletableFuture<MxHostObservation> observe(Target target, MxHost host) {
        if (!host.asked()) {
            return CompletableFuture.completedFuture(new MxHostObservation(
                    host.name(), host.preference(), AddressStatus.NOT_ASKED, TlsaStatus.NOT_MEASURED, List.of()));
        }
        return hosts.addresses(target.survey(), host.name())
                .thenCompose(addresses -> all(endpoints(target, host, addresses))
                        .thenCombine(
                                hosts.tlsa(target.survey(), host.name()),
                                (found, tlsa) -> new MxHostObservation(
                                        host.name(), host.preference(), addresses.status(), tlsa.status(), found)));
    }

    private List<CompletableFuture<EndpointObservation>> endpoints(
            Target target, MxHost host, HostAddresses addresses) {
        boolean optedOut = optOut.names(target.domain());
        List<CompletableFuture<EndpointObservation>> found = new ArrayList<>();
        for (InetAddress address : addresses.asked()) {
            found.add(
                    optedOut && !endpoints.isBlocked(address)
                            ? CompletableFuture.completedFuture(
                                    EndpointObservation.skipped(InetAddresses.toAddrString(address), Reason.OPTED_OUT))
                            : towards(target, endpoints.probe(target.survey(), host.name(), address)));
        }
        for (InetAddress address : addresses.beyond()) {
            found.add(towards(target, endpoints.passOver(target.survey(), host.name(), address)));
        }
        return found;
    }

    private static CompletableFuture<EndpointObservation> towards(Target target, CompletableFuture<Endpoint> found) {
        return found.thenApply(endpoint -> endpoint.towards(target.domain()));
    }

    private static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(done -> parts.stream().map(CompletableFuture::join).toList());
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
