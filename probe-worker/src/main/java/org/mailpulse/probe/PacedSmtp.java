package org.mailpulse.probe;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.mailpulse.probe.pace.Gate;
import org.mailpulse.probe.pace.Gate.Place;
import org.mailpulse.probe.smtp.SmtpFindings;
import org.mailpulse.probe.smtp.SmtpProber;

/** Asks mail servers when their turn has come, and tells the gate who did not want to be asked so often. */
final class PacedSmtp {
    private final SmtpProber smtp;
    private final Gate gate;
    private final LongAdder connections = new LongAdder();

    PacedSmtp(SmtpProber smtp, Gate gate) {
        this.smtp = smtp;
        this.gate = gate;
    }

    private interface Approach {
        CompletableFuture<SmtpFindings> to(InetAddress address, String sni);
    }

    /**
     * @param sni host name to ask for in TLS; null for none
     * @return empty if the address has put off so many others that this one is spared
     */
    CompletableFuture<Optional<SmtpFindings>> ask(InetAddress address, String sni) {
        return visit(address, sni, smtp::probe);
    }

    /** The same, with an offer of TLS that reaches far back; only what the server chose from it is of use. */
    CompletableFuture<Optional<SmtpFindings>> offerWidely(InetAddress address, String sni) {
        return visit(address, sni, smtp::offerWidely);
    }

    /** The same, with an offer of nothing later than TLS 1.1. */
    CompletableFuture<Optional<SmtpFindings>> offerOutdated(InetAddress address, String sni) {
        return visit(address, sni, smtp::offerOutdated);
    }

    private CompletableFuture<Optional<SmtpFindings>> visit(InetAddress address, String sni, Approach approach) {
        return gate.enter(address)
                .thenCompose(place -> place.isSpared()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : visit(address, sni, approach, place).thenApply(Optional::of));
    }

    /** Connections that were tried. */
    long connections() {
        return connections.sum();
    }

    private CompletableFuture<SmtpFindings> visit(InetAddress address, String sni, Approach approach, Place place) {
        connections.increment();
        try {
            return approach.to(address, sni).whenComplete((findings, failure) -> {
                if (findings != null && Complaint.isIn(findings.reason(), findings.detail())) {
                    place.complain();
                }
                place.close();
            });
        } catch (RuntimeException e) {
            place.close();
            return CompletableFuture.failedFuture(e);
        }
    }
}
