package org.mailpulse.probe.resolve;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * dnsjava's validator, and for each top-level domain one more. For every zone that is new to it the validator begins at
 * its trust anchor again; a DS record set that was validated may serve as an anchor as well, and spares the steps from
 * the root to the top-level domain, which cost more than all the rest.
 */
final class Validators {
    /** Each remembers up to 1,000 keys, about 1 MB. */
    private static final int MAX_SHORTCUTS = 100;

    private static final Duration MAX_AGE = Duration.ofMinutes(15);

    private final KeySource source;
    private final TrustAnchors anchors;
    private final Executor pool;
    private final ValidatingResolver base;
    private final AsyncCache<Name, Shortcut> shortcuts = Caffeine.newBuilder()
            .maximumSize(MAX_SHORTCUTS)
            .expireAfter(Expiry.creating((Name top, Shortcut shortcut) -> shortcut.age))
            .executor(Runnable::run)
            .buildAsync();

    private record Shortcut(ValidatingResolver validator, Duration age) {}

    Validators(KeySource source, TrustAnchors anchors, Executor pool) {
        this.source = source;
        this.anchors = anchors;
        this.pool = pool;
        this.base = create();
    }

    /** @return with the AD flag if it is secure, SERVFAIL if it is bogus */
    CompletableFuture<Message> judge(Name name, int type, Message answer) {
        Name top = new Name(name, Math.max(0, name.labels() - 2));
        RRset anchor = base.getTrustAnchors().find(top, DClass.IN);
        if (name.labels() < 3 || anchor == null || !anchor.getName().equals(Name.root)) {
            return judge(base, name, type, answer);
        }
        return shortcuts
                .get(top, (key, executor) -> shortcut(key))
                .thenCompose(shortcut -> judge(shortcut.validator, name, type, answer));
    }

    private CompletableFuture<Shortcut> shortcut(Name top) {
        return source.keys(top, Type.DS)
                .thenCompose(answer -> judge(base, top, Type.DS, answer))
                .thenApply(judged -> shortcut(top, judged));
    }

    private Shortcut shortcut(Name top, Message judged) {
        RRset delegation = new RRset();
        if (judged.getHeader().getFlag(Flags.AD)) {
            for (Record record : judged.getSection(Section.ANSWER)) {
                if (record instanceof DSRecord && record.getName().equals(top)) {
                    delegation.addRR(record);
                }
            }
        }
        if (delegation.size() == 0) {
            return new Shortcut(base, Duration.ofMinutes(1));
        }
        ValidatingResolver validator = create();
        validator.getTrustAnchors().store(delegation);
        long seconds = Math.max(1, Math.min(MAX_AGE.toSeconds(), delegation.getTTL()));
        return new Shortcut(validator, Duration.ofSeconds(seconds));
    }

    private CompletableFuture<Message> judge(ValidatingResolver validator, Name name, int type, Message answer) {
        Message query = DnsClient.query(name, type);
        return CompletableFuture.supplyAsync(() -> source.judge(validator, query, answer), pool)
                .thenCompose(judged -> judged);
    }

    private ValidatingResolver create() {
        ValidatingResolver validator = new ValidatingResolver(source);
        validator.setAddReasonToAdditional(false);
        try {
            validator.loadTrustAnchors(anchors.text());
        } catch (IOException e) {
            throw new IllegalStateException("trust anchors that were read once cannot be read again", e);
        }
        return validator;
    }
}
