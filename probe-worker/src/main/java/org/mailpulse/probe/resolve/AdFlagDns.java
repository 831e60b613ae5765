package org.mailpulse.probe.resolve;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.mailpulse.model.observation.DnssecState;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Type;

/**
 * Believes the AD flag of a resolver that validates (RFC 6840 §5.7, §5.8). That the flag is missing means "insecure"
 * only if the resolver validates at all, which it shows by setting it for the root zone, signed since 2010.
 */
public final class AdFlagDns implements DnsClient {
    /** RFC 8914 §4: the answer was there, but did not validate. */
    private static final Set<Integer> VALIDATION_FAILED = Set.of(
            ExtendedErrorCodeOption.DNSSEC_INDETERMINATE,
            ExtendedErrorCodeOption.DNSSEC_BOGUS,
            ExtendedErrorCodeOption.SIGNATURE_EXPIRED,
            ExtendedErrorCodeOption.SIGNATURE_NOT_YET_VALID,
            ExtendedErrorCodeOption.DNSKEY_MISSING,
            ExtendedErrorCodeOption.RRSIGS_MISSING,
            ExtendedErrorCodeOption.NO_ZONE_KEY_BIT_SET,
            ExtendedErrorCodeOption.NSEC_MISSING);

    private final Resolver resolver;
    private final AtomicReference<CompletableFuture<Boolean>> validates = new AtomicReference<>();

    /**
     * @param resolver whose servers and the way to them are trusted
     * @param told the user says that it validates; else it has to show it
     */
    public AdFlagDns(Resolver resolver, boolean told) {
        this.resolver = resolver;
        if (told) {
            validates.set(CompletableFuture.completedFuture(true));
        }
    }

    @Override
    public CompletableFuture<Reply> ask(Name name, int type) {
        return send(name, type, Flags.AD).thenCompose(message -> {
            if (message.getHeader().getFlag(Flags.AD)) {
                return CompletableFuture.completedFuture(new Reply(message, DnssecState.SECURE));
            }
            return validates()
                    .thenCompose(validating -> validating
                            ? withoutFlag(name, type, message)
                            : CompletableFuture.completedFuture(new Reply(message, DnssecState.NOT_MEASURED)));
        });
    }

    private CompletableFuture<Reply> withoutFlag(Name name, int type, Message message) {
        if (message.getRcode() != Rcode.SERVFAIL) {
            return CompletableFuture.completedFuture(new Reply(message, DnssecState.INSECURE));
        }
        return isBogus(name, type, message)
                .thenApply(bogus -> new Reply(message, bogus ? DnssecState.BOGUS : DnssecState.NOT_MEASURED));
    }

    /** The resolver says why it failed, or else it is asked what it would say without validating. */
    private CompletableFuture<Boolean> isBogus(Name name, int type, Message failure) {
        OPTRecord opt = failure.getOPT();
        if (opt != null) {
            for (EDNSOption option : opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR)) {
                if (VALIDATION_FAILED.contains(((ExtendedErrorCodeOption) option).getErrorCode())) {
                    return CompletableFuture.completedFuture(true);
                }
            }
        }
        return send(name, type, Flags.CD)
                .handle((unchecked, lost) -> lost == null
                        && (unchecked.getRcode() == Rcode.NOERROR || unchecked.getRcode() == Rcode.NXDOMAIN));
    }

    private CompletableFuture<Boolean> validates() {
        CompletableFuture<Boolean> known = validates.get();
        if (known != null) {
            return known;
        }
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        if (!validates.compareAndSet(null, asked)) {
            return validates();
        }
        send(Name.root, Type.SOA, Flags.AD).whenComplete((message, lost) -> {
            if (lost != null) {
                validates.compareAndSet(asked, null); // to be asked again
            }
            asked.complete(lost == null && message.getHeader().getFlag(Flags.AD));
        });
        return asked;
    }

    private CompletableFuture<Message> send(Name name, int type, int flag) {
        Message query = DnsClient.query(name, type);
        query.getHeader().setFlag(flag);
        return resolver.sendAsync(query).toCompletableFuture();
    }
}
