package org.mailpulse.probe.resolve;

import java.util.concurrent.CompletableFuture;
import org.mailpulse.model.observation.DnssecState;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;

/** Asks without a thought of DNSSEC. */
public final class PlainDns implements DnsClient {
    private final Resolver resolver;

    public PlainDns(Resolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public CompletableFuture<Reply> ask(Name name, int type) {
        return resolver.sendAsync(DnsClient.query(name, type))
                .thenApply(message -> new Reply(message, DnssecState.NOT_MEASURED))
                .toCompletableFuture();
    }
}
