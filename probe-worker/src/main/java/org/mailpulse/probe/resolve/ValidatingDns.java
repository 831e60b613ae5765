package org.mailpulse.probe.resolve;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.mailpulse.model.observation.DnssecState;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Validates each answer itself, from trust anchors down, by dnsjava's validator (RFC 4035, RFC 5155). */
public final class ValidatingDns implements DnsClient {
    /** Some of them wait for keys from slow servers. */
    private static final int MAX_AT_WORK = 256;

    private final KeySource source;
    private final TrustAnchors anchors;
    private final Executor pool;
    private final Turnstile turnstile = new Turnstile(MAX_AT_WORK);
    private volatile Validators validators;

    /** @param pool checks signatures; must not be an event loop */
    public ValidatingDns(Resolver network, TrustAnchors anchors, Executor pool) {
        EcdsaVerification.install();
        this.source = new KeySource(network, pool);
        this.anchors = anchors;
        this.pool = pool;
        this.validators = new Validators(source, anchors, pool);
    }

    @Override
    public CompletableFuture<Reply> ask(Name name, int type) {
        return source.fetch(name, type).thenCompose(answer -> {
            int rcode = answer.getRcode();
            boolean failed = rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN;
            if (failed || Lookup.isReferral(answer)) {
                return CompletableFuture.completedFuture(new Reply(answer, DnssecState.NOT_MEASURED));
            }
            leaveOutNameServers(answer);
            return turnstile
                    .pass(() -> validators.judge(name, type, answer))
                    .thenApply(judged -> new Reply(judged, state(judged)));
        });
    }

    private static DnssecState state(Message judged) {
        if (judged.getHeader().getFlag(Flags.AD)) {
            return DnssecState.SECURE;
        }
        int rcode = judged.getRcode();
        return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN ? DnssecState.INSECURE : DnssecState.BOGUS;
    }

    /** Servers add their own names to answers; nobody asked, so their signatures need not be checked. */
    private static void leaveOutNameServers(Message answer) {
        if (answer.getSection(Section.ANSWER).isEmpty()) {
            return;
        }
        for (Record record : List.copyOf(answer.getSection(Section.AUTHORITY))) {
            int covered = record instanceof RRSIGRecord signature ? signature.getTypeCovered() : record.getType();
            if (covered == Type.NS) {
                answer.removeRecord(record, Section.AUTHORITY);
            }
        }
    }

    /** Zones may be signed anew, or no longer, from one survey to the next. */
    @Override
    public void forget() {
        source.forget();
        validators = new Validators(source, anchors, pool);
    }
}
