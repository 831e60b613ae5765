package org.mailpulse.probe.canary;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.mailpulse.probe.pace.Gate;
import org.mailpulse.probe.resolve.MailResolver;
import org.mailpulse.probe.smtp.SmtpProber;

/** Asks a canary as any MX host is asked, and once more before it is called ill. */
public final class CanaryProber {
    /** Of a host, one after the other; one that is well is enough. */
    private static final int MAX_ADDRESSES = 2;

    private final MailResolver resolver;
    private final SmtpProber smtp;
    private final Gate gate;
    private final Predicate<InetAddress> blocked;
    private final Duration again;

    /**
     * @param gate of its own: canaries must not wait behind those for whose sake they are asked
     * @param blocked addresses that must not be asked
     * @param again how much later a failure is looked at once more
     */
    public CanaryProber(
            MailResolver resolver, SmtpProber smtp, Gate gate, Predicate<InetAddress> blocked, Duration again) {
        this.resolver = resolver;
        this.smtp = smtp;
        this.gate = gate;
        this.blocked = blocked;
        this.again = again;
    }

    /** @param host in A-labels, lower case */
    public CompletableFuture<Sighting> look(String host) {
        Executor later = CompletableFuture.delayedExecutor(again.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
        return lookOnce(host)
                .thenCompose(first -> first.isWell()
                        ? CompletableFuture.completedFuture(first)
                        : CompletableFuture.supplyAsync(() -> lookOnce(host), later)
                                .thenCompose(second -> second));
    }

    private CompletableFuture<Sighting> lookOnce(String host) {
        return resolver.addresses(host).thenCompose(found -> {
            List<InetAddress> allowed = found.asked().stream()
                    .filter(blocked.negate())
                    .limit(MAX_ADDRESSES)
                    .toList();
            if (allowed.isEmpty()) {
                String told = found.asked().isEmpty() ? found.status().name() : "BLOCKED_ADDRESS";
                return CompletableFuture.completedFuture(Sighting.withoutAddress(host, told));
            }
            return ask(host, allowed);
        });
    }

    private CompletableFuture<Sighting> ask(String host, List<InetAddress> addresses) {
        return connect(host, addresses.get(0))
                .thenCompose(seen -> seen.isWell() || addresses.size() == 1
                        ? CompletableFuture.completedFuture(seen)
                        : ask(host, addresses.subList(1, addresses.size()))
                                .thenApply(other -> other.kind().compareTo(seen.kind()) <= 0 ? other : seen));
    }

    private CompletableFuture<Sighting> connect(String host, InetAddress address) {
        return gate.enter(address).thenCompose(place -> {
            try {
                return smtp.probe(address, host)
                        .whenComplete((findings, failure) -> place.close())
                        .thenApply(findings -> Sighting.of(host, findings.outcome(), findings.reason()));
            } catch (RuntimeException e) {
                place.close();
                return CompletableFuture.failedFuture(e);
            }
        });
    }
}
