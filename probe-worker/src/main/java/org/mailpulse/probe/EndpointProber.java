package org.mailpulse.probe;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.probe.canary.VantageWatch;
import org.mailpulse.probe.policy.DaneEvidence;
import org.mailpulse.probe.policy.DaneMatcher;
import org.mailpulse.probe.resolve.HostNames;
import org.mailpulse.probe.smtp.SmtpFindings;
import org.mailpulse.probe.tls.ChainReader;
import org.mailpulse.probe.tls.ChainReader.ChainFacts;
import org.mailpulse.probe.tls.OldAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each MX host at each of its addresses once per survey, however many domains point there: who comes second shares
 * the first one's answer, also while it is still being found.
 */
final class EndpointProber {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointProber.class);

    /** Some 100 MB at worst; a giant's hosts are asked for all the time and so stay. */
    private static final int MAX_REMEMBERED = 100_000;

    private static final Duration UNTIL_RETRY = Duration.ofMinutes(1);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final ProbeSettings settings;
    private final PacedSmtp smtp;
    private final Consent consent;
    private final VantageWatch watch;
    private final HostDirectory hosts;
    private final ChainReader chains;
    private final Executor certificates;
    private final HandshakeSink sink;
    private final AsyncCache<Key, Endpoint> cache = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfter(
                    Expiry.creating((Key key, Endpoint found) -> found.isToBeAskedAgain() ? UNTIL_RETRY : FOR_EVER))
            .executor(Runnable::run)
            .buildAsync();
    private final LongAdder endpoints = new LongAdder();
    private volatile boolean closed;

    private record Key(String survey, String host, InetAddress address) {
        /** Null where the host's name cannot be asked for. */
        String sni() {
            return HostNames.isHostName(host) ? host : null;
        }
    }

    private record Found(Handshake handshake, DaneEvidence dane) {}

    EndpointProber(
            ProbeSettings settings,
            PacedSmtp smtp,
            Consent consent,
            VantageWatch watch,
            HostDirectory hosts,
            ChainReader chains,
            Executor certificates,
            HandshakeSink sink) {
        this.settings = settings;
        this.smtp = smtp;
        this.consent = consent;
        this.watch = watch;
        this.hosts = hosts;
        this.chains = chains;
        this.certificates = certificates;
        this.sink = sink;
    }

    /** @return never completes exceptionally; not before the full detail is safe with the sink */
    CompletableFuture<Endpoint> probe(String survey, String host, InetAddress address) {
        return cache.get(new Key(survey, host, address), (key, executor) -> find(key, permission(key)));
    }

    /** The endpoint is beyond the cap: put on record, and not asked. */
    CompletableFuture<Endpoint> passOver(String survey, String host, InetAddress address) {
        return cache.get(
                new Key(survey, host, address),
                (key, executor) -> find(key, CompletableFuture.completedFuture(Reason.OVER_CAP)));
    }

    boolean isBlocked(InetAddress address) {
        return settings.forbids(address);
    }

    /** Drops what is known of surveys with earlier names. */
    void forgetBefore(String survey) {
        cache.asMap().keySet().removeIf(key -> key.survey.compareTo(survey) < 0);
    }

    long endpoints() {
        return endpoints.sum();
    }

    long connections() {
        return smtp.connections();
    }

    /** From here on a broken connection says nothing about the server. */
    void close() {
        closed = true;
    }

    /** @return why the endpoint must not be asked; {@link Reason#NONE} if it may be */
    private CompletableFuture<Reason> permission(Key key) {
        if (isBlocked(key.address)) {
            return CompletableFuture.completedFuture(Reason.BLOCKED_ADDRESS);
        }
        if (consent.isRefusedAt(key.address)) {
            return CompletableFuture.completedFuture(Reason.OPTED_OUT);
        }
        return consent.isRefusedBy(key.survey, key.host)
                .thenCompose(refused -> refused
                        ? CompletableFuture.completedFuture(Reason.OPTED_OUT)
                        : watch.allowed().thenApply(well -> well ? Reason.NONE : Reason.VANTAGE_QUARANTINED));
    }

    private CompletableFuture<Endpoint> find(Key key, CompletableFuture<Reason> permission) {
        return permission
                .thenCompose(
                        skip -> skip == Reason.NONE ? ask(key) : CompletableFuture.completedFuture(skipped(key, skip)))
                .exceptionally(failure -> {
                    LOG.warn("probe of {} at {} broke", key.host, key.address, failure);
                    return skipped(key, Reason.INTERNAL_ERROR);
                })
                .thenCompose(this::keep);
    }

    private CompletableFuture<Endpoint> keep(Found found) {
        endpoints.increment();
        CompletionStage<?> kept;
        try {
            kept = sink.write(found.handshake);
        } catch (RuntimeException e) {
            kept = CompletableFuture.failedFuture(e);
        }
        return kept.handle((done, failure) -> new Endpoint(found.handshake.summary(), found.dane))
                .toCompletableFuture();
    }

    private CompletableFuture<Found> ask(Key key) {
        int badLooks = watch.badLooks();
        return smtp.ask(key.address, key.sni())
                .thenCompose(findings -> findings.isEmpty()
                        ? CompletableFuture.completedFuture(skipped(key, Reason.BACKED_OFF))
                        : settle(key, Attempt.first(findings.get()), badLooks));
    }

    private CompletableFuture<Found> settle(Key key, Attempt first, int badLooks) {
        return (first.needsConfirmation() ? confirm(key, first) : done(first))
                .thenCompose(attempt -> examine(attempt, badLooks))
                .thenCompose(last -> last.mayLackCommonGround() ? offerWidely(key, last) : done(last))
                .thenCompose(last -> last.outcome() == Outcome.TLS_OK && settings.legacyOffer()
                        ? offerOutdated(key, last)
                        : done(last))
                .thenCompose(attempt -> describe(key, attempt));
    }

    /** Is it them, or is it us? */
    private CompletableFuture<Attempt> examine(Attempt attempt, int badLooks) {
        return switch (attempt.outcome().countsAs()) {
            case YES -> done(attempt);
            case NO -> watch.vouches(badLooks).thenApply(well -> well ? attempt : attempt.quarantined());
            case UNKNOWN -> done(watch.isWellSince(badLooks) ? attempt : attempt.quarantined());
        };
    }

    private CompletableFuture<Attempt> confirm(Key key, Attempt first) {
        Executor later = after(settings.confirmAfter());
        return CompletableFuture.supplyAsync(() -> smtp.ask(key.address, key.sni()), later)
                .thenCompose(findings -> findings)
                .thenApply(second -> second.map(first::then).orElseGet(first::alone));
    }

    /** Its own TLS, the prober's other connections and this JVM's settings know nothing of it. */
    private CompletableFuture<Attempt> offerWidely(Key key, Attempt failed) {
        return smtp.offerWidely(key.address, key.sni())
                .exceptionally(failure -> Optional.empty())
                .thenCompose(findings -> chosen(key, findings.map(SmtpFindings::old)))
                .thenApply(failed::offeredWidely);
    }

    private CompletableFuture<LegacyFacts> chosen(Key key, Optional<OldAnswer> answer) {
        LegacyFacts chosen = answer.map(OldAnswer::chosen).orElse(null);
        return chosen == null
                ? CompletableFuture.completedFuture(null)
                : chains.read(answer.get().chain(), key.host).thenApply(facts -> chosen.withCertificate(facts.leaf()));
    }

    private CompletableFuture<Attempt> offerOutdated(Key key, Attempt secured) {
        return smtp.offerOutdated(key.address, key.sni())
                .exceptionally(failure -> Optional.empty())
                .thenApply(findings ->
                        secured.offeredOutdated(findings.map(SmtpFindings::old).orElse(null)));
    }

    private static Executor after(Duration pause) {
        return pause.isZero()
                ? Runnable::run
                : CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
    }

    private static CompletableFuture<Attempt> done(Attempt attempt) {
        return CompletableFuture.completedFuture(attempt);
    }

    private CompletableFuture<Found> describe(Key key, Attempt attempt) {
        if (closed) {
            return CompletableFuture.completedFuture(skipped(key, Reason.INTERNAL_ERROR));
        }
        SmtpFindings seen = attempt.findings();
        if (seen.secured() == null) {
            return CompletableFuture.completedFuture(
                    new Found(handshake(key, attempt, ChainFacts.NONE), DaneEvidence.NOT_MEASURED));
        }
        return chains.read(seen.secured().chain(), key.host)
                .thenCombine(dane(key, seen), (facts, dane) -> new Found(handshake(key, attempt, facts), dane));
    }

    private CompletableFuture<DaneEvidence> dane(Key key, SmtpFindings seen) {
        return hosts.tlsa(key.survey, key.host).thenCompose(tlsa -> {
            if (tlsa.status() != TlsaStatus.SECURE_USABLE) {
                return CompletableFuture.completedFuture(DaneEvidence.NOT_MEASURED);
            }
            return CompletableFuture.supplyAsync(
                    () -> DaneMatcher.match(tlsa, key.host, seen.secured().chain(), seen.at()), certificates);
        });
    }

    private Handshake handshake(Key key, Attempt attempt, ChainFacts facts) {
        SmtpFindings seen = attempt.findings();
        return new Handshake(
                Schema.RECORDS,
                key.survey,
                settings.vantage(),
                key.host,
                InetAddresses.toAddrString(key.address),
                seen.at(),
                attempt.count(),
                attempt.outcome(),
                attempt.reason(),
                attempt.detail(),
                seen.banner(),
                seen.serverName(),
                seen.capabilities(),
                seen.capabilitiesInTls(),
                attempt.injectedPlaintext(),
                seen.secured() == null ? null : seen.secured().facts(),
                facts.leaf(),
                facts.above(),
                seen.timings(),
                seen.alert(),
                attempt.legacy(),
                attempt.outdated() == null ? null : attempt.outdated().taken(),
                attempt.outdated() == null ? null : attempt.outdated().chosen());
    }

    private Found skipped(Key key, Reason reason) {
        Handshake skipped = Handshake.skipped(
                key.survey, settings.vantage(), key.host, InetAddresses.toAddrString(key.address), reason);
        return new Found(skipped, DaneEvidence.NOT_MEASURED);
    }
}
