package org.mailpulse.probe.resolve;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.probe.resolve.Answer.Kind;
import org.mailpulse.probe.resolve.MailRoute.MxHost;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The two questions of a mail sender (RFC 5321 §5.1): which hosts take this domain's mail, and where are they? */
public final class MailResolver {
    private final Lookup lookup;

    public MailResolver(DnsClient dns) {
        this.lookup = new Lookup(dns);
    }

    /** @return never completes exceptionally: failures are routes too */
    public CompletableFuture<MailRoute> route(String domain) {
        Name name = absolute(domain);
        if (name == null) {
            return CompletableFuture.completedFuture(MailRoute.error("BAD_NAME", DnssecState.NOT_MEASURED));
        }
        return lookup.ask(name, Type.MX).thenCompose(answer -> switch (answer.kind()) {
            case FOUND -> CompletableFuture.completedFuture(MxRecords.route(answer.records(), answer.dnssec()));
            case NXDOMAIN -> CompletableFuture.completedFuture(MailRoute.without(MailDns.NXDOMAIN, answer.dnssec()));
            case ERROR -> CompletableFuture.completedFuture(MailRoute.error(answer.detail(), answer.dnssec()));
            case NO_DATA -> addresses(domain).thenApply(addresses -> implicit(domain, addresses, answer.dnssec()));
        });
    }

    private static MailRoute implicit(String domain, HostAddresses addresses, DnssecState dnssec) {
        return switch (addresses.status()) {
            case FOUND, LOCALHOST ->
                new MailRoute(MailDns.IMPLICIT_MX, null, List.of(new MxHost(domain, 0, true)), dnssec);
            case ERROR -> MailRoute.error("ADDRESS_LOOKUP_FAILED", addresses.dnssec());
            case NXDOMAIN, NO_ADDRESS, NOT_ASKED -> MailRoute.without(MailDns.NO_ADDRESS, dnssec);
        };
    }

    /** @return never completes exceptionally */
    public CompletableFuture<HostAddresses> addresses(String host) {
        if (HostNames.isLocalhost(host)) {
            return CompletableFuture.completedFuture(HostAddresses.none(AddressStatus.LOCALHOST));
        }
        Name name = HostNames.isHostName(host) ? absolute(host) : null;
        if (name == null) {
            return CompletableFuture.completedFuture(HostAddresses.none(AddressStatus.NXDOMAIN));
        }
        return lookup.ask(name, Type.A)
                .thenCombine(lookup.ask(name, Type.AAAA), (a, aaaa) -> withTlsaBases(name, a, aaaa))
                .thenCompose(found -> found);
    }

    /** @return never completes exceptionally; a name that cannot be does not exist */
    public CompletableFuture<Answer> ask(String name, int type) {
        Name absolute = absolute(name);
        return absolute == null
                ? CompletableFuture.completedFuture(Answer.nothing(Kind.NXDOMAIN, DnssecState.NOT_MEASURED, Name.root))
                : lookup.ask(absolute, type);
    }

    private CompletableFuture<HostAddresses> withTlsaBases(Name host, Answer a, Answer aaaa) {
        HostAddresses found = AddressRecords.combine(a, aaaa);
        Answer first = a.kind() == Kind.FOUND ? a : aaaa;
        boolean usable = found.status() == AddressStatus.FOUND;
        if (usable && found.dnssec() == DnssecState.SECURE) {
            return CompletableFuture.completedFuture(
                    found.withTlsaBases(first.isAliased(host) ? List.of(first.owner(), host) : List.of(host)));
        }
        if (!usable || found.dnssec() != DnssecState.INSECURE || !first.isAliased(host)) {
            return CompletableFuture.completedFuture(found);
        }
        // RFC 7672 §2.2.3: it may be only the alias's target that is insecure; then the alias itself still counts
        return lookup.ask(host, Type.CNAME)
                .thenApply(alias -> alias.kind() == Kind.FOUND && alias.dnssec() == DnssecState.SECURE
                        ? found.withTlsaBases(List.of(host))
                        : found);
    }

    private static Name absolute(String name) {
        try {
            return Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            return null;
        }
    }
}
