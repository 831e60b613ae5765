package org.mailpulse.probe;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.survey.Target;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.pace.Gate;
import org.mailpulse.probe.pace.OptOutList;
import org.mailpulse.probe.resolve.HostAddresses;
import org.mailpulse.probe.resolve.MailResolver;
import org.mailpulse.probe.resolve.MailRoute;
import org.mailpulse.probe.resolve.MailRoute.MxHost;
import org.mailpulse.probe.resolve.NettyResolver;
import org.mailpulse.probe.resolve.Servers;
import org.mailpulse.probe.smtp.SmtpProber;
import org.mailpulse.probe.tls.ChainReader;
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

    private final ProbeSettings settings;
    private final Transport transport;
    private final NettyResolver dns;
    private final MailResolver resolver;
    private final HostDirectory hosts;
    private final TlsClient tls;
    private final Gate gate;
    private final OptOutList optOut;
    private final TrustStore trust;
    private final ExecutorService certificates;
    private final EndpointProber endpoints;
    private final AtomicReference<String> newestSurvey = new AtomicReference<>("");
    private final LongAdder observed = new LongAdder();

    private DomainProber(ProbeSettings settings, OptOutList optOut, TrustStore trust, HandshakeSink sink)
            throws IOException {
        this.settings = settings;
        this.optOut = optOut;
        this.trust = trust;
        transport = Transport.open();
        try {
            List<InetSocketAddress> servers =
                    settings.resolvers().isEmpty() ? Servers.ofSystem() : settings.resolvers();
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
        resolver = new MailResolver(dns);
        hosts = new HostDirectory(resolver);
        tls = new TlsClient();
        gate = new Gate(settings.concurrency(), settings.perAddress(), settings.gap(), transport.next());
        certificates = Executors.newFixedThreadPool(
                Math.min(2, Runtime.getRuntime().availableProcessors()),
                new io.netty.util.concurrent.DefaultThreadFactory("mailpulse-certificates", true));
        endpoints = new EndpointProber(
                settings,
                new SmtpProber(transport, settings.smtp(), tls),
                gate,
                optOut,
                new ChainReader(trust, Clock.systemUTC(), certificates),
                sink);
    }

    /** @throws IOException with one clear line if the trust store, the opt-out file or the resolver cannot be used */
    public static DomainProber open(ProbeSettings settings, HandshakeSink sink) throws IOException {
        OptOutList optOut = settings.optOut() == null ? OptOutList.EMPTY : OptOutList.load(settings.optOut());
        return new DomainProber(settings, optOut, TrustStore.load(settings.trustStore()), sink);
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
                            target, new MailRoute(MailDns.ERROR, Reason.INTERNAL_ERROR.name(), List.of()), List.of());
                })
                .whenComplete((observation, failure) -> observed.increment());
    }

    private void forgetOlderThan(String survey) {
        String before = newestSurvey.getAndAccumulate(survey, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        if (before.compareTo(survey) < 0) {
            endpoints.forgetBefore(survey);
            hosts.forgetBefore(survey);
        }
    }

    private CompletableFuture<Observation> follow(Target target, MailRoute route) {
        List<CompletableFuture<MxHostObservation>> asked =
                route.hosts().stream().map(host -> observe(target, host)).toList();
        return all(asked).thenApply(found -> observation(target, route, found));
    }

    private Observation observation(Target target, MailRoute route, List<MxHostObservation> found) {
        return Observation.of(
                target,
                settings.vantage(),
                Clock.systemUTC().instant(),
                route.dns(),
                route.detail(),
                null,
                found,
                null);
    }

    private CompletableFuture<MxHostObservation> observe(Target target, MxHost host) {
        if (!host.asked()) {
            return CompletableFuture.completedFuture(described(host, AddressStatus.NOT_ASKED, List.of()));
        }
        return hosts.addresses(target.survey(), host.name())
                .thenCompose(addresses -> all(endpoints(target, host, addresses))
                        .thenApply(found -> described(host, addresses.status(), found)));
    }

    private static MxHostObservation described(MxHost host, AddressStatus status, List<EndpointObservation> endpoints) {
        return new MxHostObservation(host.name(), host.preference(), status, null, endpoints);
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
                            : endpoints.probe(target.survey(), host.name(), address));
        }
        for (InetAddress address : addresses.beyond()) {
            found.add(endpoints.passOver(target.survey(), host.name(), address));
        }
        return found;
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
        certificates.shutdownNow();
        tls.close();
    }
}
