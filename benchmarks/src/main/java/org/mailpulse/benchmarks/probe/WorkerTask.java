package org.mailpulse.benchmarks.probe;

import java.net.InetAddress;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.mailpulse.benchmarks.load.Task;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.NameMatch;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.probe.Timeouts;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.smtp.SmtpFindings;
import org.mailpulse.probe.smtp.SmtpProber;
import org.mailpulse.probe.smtp.SmtpSettings;
import org.mailpulse.probe.tls.ChainReader;
import org.mailpulse.probe.tls.ChainReader.ChainFacts;
import org.mailpulse.probe.tls.TlsClient;
import org.mailpulse.probe.tls.TrustStore;

/** A probe as the worker makes it, from the first packet to the bytes for Kafka. Only pace is not kept. */
final class WorkerTask implements Task {
    private final ExecutorService checks = Executors.newFixedThreadPool(2);
    private final SmtpProber prober;
    private final TrustStore trust;
    private final int addresses;
    private final int forgetsAfter;
    private volatile ChainReader chains;

    /** @param forgetsAfter probes after which every chain is new to it again */
    WorkerTask(Transport transport, TlsClient tls, TrustStore trust, int addresses, int port, int forgetsAfter) {
        Timeouts times = Timeouts.DEFAULT;
        this.prober = new SmtpProber(
                transport,
                new SmtpSettings(
                        port,
                        "prober.test",
                        true,
                        times.connect(),
                        times.greeting(),
                        times.probe(), // the sink is slow on purpose
                        times.handshake(),
                        times.probe()),
                tls);
        this.trust = trust;
        this.addresses = addresses;
        this.forgetsAfter = forgetsAfter;
        this.chains = newReader();
    }

    private ChainReader newReader() {
        return new ChainReader(trust, Clock.systemUTC(), checks);
    }

    @Override
    public CompletableFuture<Long> start(int number) {
        int server = number % addresses;
        if (number % forgetsAfter == forgetsAfter - 1) {
            chains = newReader();
        }
        InetAddress address = Sink.address(server);
        String host = Sink.name(server);
        return prober.probe(address, host).thenCompose(seen -> {
            require(seen.outcome() == Outcome.TLS_OK, seen);
            return chains.read(seen.secured().chain(), host).thenApply(facts -> {
                require(
                        facts.leaf() != null
                                && facts.leaf().trust() == ChainTrust.TRUSTED
                                && facts.leaf().nameMatch() == NameMatch.SAN,
                        facts);
                Wire.write(handshake(address, host, seen, facts));
                return delay(seen.banner());
            });
        });
    }

    private static void require(boolean condition, Object seen) {
        if (!condition) {
            throw new IllegalStateException("not what a probe of the sink should see: " + seen);
        }
    }

    private static long delay(String banner) {
        return TimeUnit.MILLISECONDS.toNanos(Long.parseLong(banner.substring(banner.lastIndexOf(' ') + 1)));
    }

    private static Handshake handshake(InetAddress address, String host, SmtpFindings seen, ChainFacts facts) {
        return new Handshake(
                Schema.RECORDS,
                "2026-11",
                "benchmark",
                host,
                address.getHostAddress(),
                seen.at(),
                1,
                seen.outcome(),
                seen.reason(),
                seen.detail(),
                seen.banner(),
                seen.serverName(),
                seen.capabilities(),
                seen.capabilitiesInTls(),
                seen.injectedPlaintext(),
                seen.secured().facts(),
                facts.leaf(),
                facts.above(),
                seen.timings(),
                seen.alert(),
                seen.legacy(),
                null,
                null);
    }
}
