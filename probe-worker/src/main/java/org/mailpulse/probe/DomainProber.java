package org.mailpulse.probe;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.model.survey.Target;
import org.mailpulse.probe.pace.OptOutList;
import org.mailpulse.probe.resolve.HostAddresses;
import org.mailpulse.probe.resolve.MailRoute;
import org.mailpulse.probe.resolve.MailRoute.MxHost;
import org.mailpulse.probe.resolve.TrustAnchors;
import org.mailpulse.probe.tls.TrustStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Domain → observation: asks DNS where the mail goes and each mail server how it is protected. Asynchronous from end to
 * end; thread-safe. How many targets are in flight is the caller's choice, how many connections are open is not.
 */
public final class DomainProber implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DomainProber.class);

    private final ProbeSettings settings;
    private final TrustStore trust;
    private final Instruments instruments;
    private final AtomicReference<String> newestSurvey = new AtomicReference<>("");
    private final LongAdder observed = new LongAdder();

    private DomainProber(ProbeSettings settings, TrustStore trust, Instruments instruments) {
        this.settings = settings;
        this.trust = trust;
        this.instruments = instruments;
    }

    /** @throws IOException with one clear line if a file that the settings name or the resolver cannot be used */
    public static DomainProber open(ProbeSettings settings, HandshakeSink sink) throws IOException {
        return open(settings, sink, notice -> {});
    }

    /**
     * @param notices hears, in one sentence each, what whoever runs the prober should know; they are in the log, too
     * @throws IOException with one clear line if a file that the settings name or the resolver cannot be used
     */
    public static DomainProber open(ProbeSettings settings, HandshakeSink sink, Consumer<String> notices)
            throws IOException {
        OptOutList optOut = settings.optOut() == null ? OptOutList.EMPTY : OptOutList.load(settings.optOut());
        Path anchor = settings.policies().trustAnchor();
        TrustAnchors anchors = anchor == null ? null : TrustAnchors.load(anchor);
        TrustStore trust = TrustStore.load(settings.trustStore());
        Consumer<String> heard = notice -> {
            LOG.warn(notice);
            notices.accept(notice);
        };
        Instruments instruments = new Instruments(settings, optOut, trust, anchors, sink, heard);
        if (!settings.allowPrivate()) {
            OwnName.check(settings.ehloName(), instruments.resolver, heard);
        }
        return new DomainProber(settings, trust, instruments);
    }

    /** Names the roots that chains are judged against; to be kept with the survey. */
    public String trustStoreVersion() {
        return trust.version();
    }

    public ProberStats stats() {
        return new ProberStats(
                observed.sum(),
                instruments.endpoints.endpoints(),
                instruments.endpoints.connections(),
                instruments.gate.inside(),
                instruments.gate.waiting(),
                instruments.dns.inFlight());
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
            found = instruments.resolver.route(target.domain()).thenCompose(route -> follow(target, route));
        } catch (RuntimeException e) {
            found = CompletableFuture.failedFuture(e);
        }
        return found.exceptionally(failure -> {
                    LOG.warn("observation of {} broke", target.domain(), failure);
                    return observation(
                            target,
                            MailRoute.error(Reason.INTERNAL_ERROR.name(), DnssecState.NOT_MEASURED),
                            List.of(),
                            MtaStsFinding.NOT_MEASURED,
                            TlsRptFinding.NOT_MEASURED);
                })
                .whenComplete((observation, failure) -> observed.increment());
    }

    private void forgetOlderThan(String survey) {
        String before = newestSurvey.getAndAccumulate(survey, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        if (before.compareTo(survey) < 0) {
            instruments.forgetBefore(survey);
        }
    }

    private CompletableFuture<Observation> follow(Target target, MailRoute route) {
        if (route.hosts().isEmpty()) {
            return CompletableFuture.completedFuture(
                    observation(target, route, List.of(), MtaStsFinding.NOT_MEASURED, TlsRptFinding.NOT_MEASURED));
        }
        CompletableFuture<Boolean> refused = instruments.consent.isRefusedBy(target.survey(), target.domain());
        List<CompletableFuture<MxHostObservation>> asked = route.hosts().stream()
                .map(host -> observe(target, host, refused))
                .toList();
        CompletableFuture<MtaStsFinding> policy = refused.thenCompose(
                refusal -> refusal ? CompletableFuture.completedFuture(MtaStsFinding.NOT_MEASURED) : policy(target));
        CompletableFuture<TlsRptFinding> reports = refused.thenCompose(refusal -> refusal
                ? CompletableFuture.completedFuture(TlsRptFinding.NOT_MEASURED)
                : instruments.tlsRpt.find(target.domain()));
        return all(asked)
                .thenCompose(found ->
                        policy.thenCombine(reports, (sts, rpt) -> observation(target, route, found, sts, rpt)));
    }

    /** A policy that cannot be had is one more "no", and no more to be believed from a vantage point that is ill. */
    private CompletableFuture<MtaStsFinding> policy(Target target) {
        return instruments.watch.allowed().thenCompose(well -> {
            if (!well) {
                return CompletableFuture.completedFuture(MtaStsFinding.NOT_MEASURED);
            }
            int badLooks = instruments.watch.badLooks();
            return instruments
                    .mtaSts
                    .find(target.survey(), target.domain())
                    .thenCompose(finding -> finding.status() == MtaStsFinding.Status.POLICY_UNREACHABLE
                            ? instruments
                                    .watch
                                    .vouches(badLooks)
                                    .thenApply(believed -> believed ? finding : MtaStsFinding.NOT_MEASURED)
                            : CompletableFuture.completedFuture(finding));
        });
    }

    private Observation observation(
            Target target,
            MailRoute route,
            List<MxHostObservation> found,
            MtaStsFinding policy,
            TlsRptFinding reports) {
        return Observation.of(
                target,
                settings.vantage(),
                Clock.systemUTC().instant(),
                route.dns(),
                route.detail(),
                route.dnssec(),
                found,
                policy,
                reports);
    }

    private CompletableFuture<MxHostObservation> observe(
            Target target, MxHost host, CompletableFuture<Boolean> refused) {
        if (!host.asked()) {
            return CompletableFuture.completedFuture(new MxHostObservation(
                    host.name(), host.preference(), AddressStatus.NOT_ASKED, TlsaStatus.NOT_MEASURED, List.of()));
        }
        return instruments
                .hosts
                .addresses(target.survey(), host.name())
                .thenCompose(addresses -> refused.thenCompose(
                                refusal -> all(endpoints(target, host, addresses, refusal)))
                        .thenCombine(
                                instruments.hosts.tlsa(target.survey(), host.name()),
                                (found, tlsa) -> new MxHostObservation(
                                        host.name(), host.preference(), addresses.status(), tlsa.status(), found)));
    }

    private List<CompletableFuture<EndpointObservation>> endpoints(
            Target target, MxHost host, HostAddresses addresses, boolean refused) {
        List<CompletableFuture<EndpointObservation>> found = new ArrayList<>();
        for (InetAddress address : addresses.asked()) {
            found.add(
                    refused && !instruments.endpoints.isBlocked(address)
                            ? CompletableFuture.completedFuture(
                                    EndpointObservation.skipped(InetAddresses.toAddrString(address), Reason.OPTED_OUT))
                            : towards(target, instruments.endpoints.probe(target.survey(), host.name(), address)));
        }
        for (InetAddress address : addresses.beyond()) {
            found.add(towards(target, instruments.endpoints.passOver(target.survey(), host.name(), address)));
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
        instruments.close();
    }
}
