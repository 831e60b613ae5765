package org.mailpulse.probe.resolve;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.probe.resolve.MailRoute.MxHost;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The two questions of a mail sender (RFC 5321 §5.1): which hosts take this domain's mail, and where are they? */
public final class MailResolver {
    private final Lookup lookup;

    public MailResolver(Resolver resolver) {
        this.lookup = new Lookup(resolver);
    }

    /** @return never completes exceptionally: failures are routes too */
    public CompletableFuture<MailRoute> route(String domain) {
        Name name = absolute(domain);
        if (name == null) {
            return CompletableFuture.completedFuture(MailRoute.error("BAD_NAME"));
        }
        return lookup.ask(name, Type.MX).thenCompose(answer -> switch (answer.kind()) {
            case FOUND -> CompletableFuture.completedFuture(MxRecords.route(answer.records()));
            case NXDOMAIN -> CompletableFuture.completedFuture(MailRoute.without(MailDns.NXDOMAIN));
            case ERROR -> CompletableFuture.completedFuture(MailRoute.error(answer.detail()));
            case NO_DATA -> addresses(domain).thenApply(addresses -> implicit(domain, addresses));
        });
    }

    private static MailRoute implicit(String domain, HostAddresses addresses) {
        return switch (addresses.status()) {
            case FOUND, LOCALHOST -> new MailRoute(MailDns.IMPLICIT_MX, null, List.of(new MxHost(domain, 0, true)));
            case ERROR -> MailRoute.error("ADDRESS_LOOKUP_FAILED");
            case NXDOMAIN, NO_ADDRESS, NOT_ASKED -> MailRoute.without(MailDns.NO_ADDRESS);
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
        return lookup.ask(name, Type.A).thenCombine(lookup.ask(name, Type.AAAA), AddressRecords::combine);
    }

    private static Name absolute(String name) {
        try {
            return Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            return null;
        }
    }
}
