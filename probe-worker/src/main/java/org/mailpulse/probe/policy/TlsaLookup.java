package org.mailpulse.probe.policy;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.probe.resolve.HostAddresses;
import org.mailpulse.probe.resolve.MailResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Finds an MX host's TLSA records by RFC 7672 §2.2.3. */
public final class TlsaLookup {
    /** Mail between servers goes to port 25, whatever port a laboratory uses. */
    private static final String SERVICE = "_25._tcp.";

    private final MailResolver resolver;

    public TlsaLookup(MailResolver resolver) {
        this.resolver = resolver;
    }

    /** @return never completes exceptionally */
    public CompletableFuture<TlsaSet> of(HostAddresses host) {
        if (host.status() != AddressStatus.FOUND) {
            return CompletableFuture.completedFuture(TlsaSet.NOT_MEASURED);
        }
        if (!host.tlsaBases().isEmpty()) {
            return first(host.tlsaBases());
        }
        return CompletableFuture.completedFuture(
                switch (host.dnssec()) {
                    // RFC 7672 §2.2.2: there TLSA records are not even asked for
                    case INSECURE -> TlsaSet.without(TlsaStatus.INSECURE);
                    case BOGUS -> TlsaSet.without(TlsaStatus.ERROR);
                    case SECURE, NOT_MEASURED -> TlsaSet.NOT_MEASURED;
                });
    }

    /** The first name that has secure records decides, and so does an error. */
    private CompletableFuture<TlsaSet> first(List<Name> bases) {
        return at(bases.get(0)).thenCompose(found -> {
            boolean last = bases.size() == 1;
            boolean nothing = found.status() == TlsaStatus.ABSENT || found.status() == TlsaStatus.INSECURE;
            return last || !nothing ? CompletableFuture.completedFuture(found) : first(bases.subList(1, bases.size()));
        });
    }

    private CompletableFuture<TlsaSet> at(Name base) {
        String name = base.toString(true).toLowerCase(Locale.ROOT);
        return resolver.ask(SERVICE + name, Type.TLSA).thenApply(answer -> switch (answer.kind()) {
            case NXDOMAIN, NO_DATA -> TlsaSet.without(TlsaStatus.ABSENT);
            case ERROR -> TlsaSet.without(TlsaStatus.ERROR);
            case FOUND ->
                switch (answer.dnssec()) {
                    case SECURE -> TlsaSet.secure(answer.records(), name);
                    case INSECURE -> TlsaSet.without(TlsaStatus.INSECURE);
                    case BOGUS -> TlsaSet.without(TlsaStatus.ERROR);
                    case NOT_MEASURED -> TlsaSet.NOT_MEASURED;
                };
        });
    }
}
